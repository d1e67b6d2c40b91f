# The test modules of hashcat, in Perl, which compute what hashcat's kernels must find.
# HASHCAT_TEST_MODULES names the folder tools/test_modules of hashcat.
# Packages: libcrypt-eksblowfish-perl libcryptx-perl libdigest-sha3-perl libcrypt-pbkdf2-perl libdigest-md4-perl

use strict;
use warnings;

use Digest::SHA qw(sha512);
use Encode qw(decode FB_CROAK);
use File::Basename qw(dirname);
use JSON::PP;

# Each module defines the same three functions anew.
local $SIG{__WARN__} = sub { warn @_ unless $_[0] =~ / redefined at / };

# Two modules use Digest::SHA1 for HMAC, which Digest::SHA has taken the place of.
BEGIN {
  $INC{'Digest/SHA1.pm'} = __FILE__;
  *Digest::SHA1::sha1 = \&Digest::SHA::sha1;
  *Digest::SHA1::import = sub { no strict 'refs'; *{ caller() . '::sha1' } = \&Digest::SHA::sha1 };
}

my $folder = $ENV{HASHCAT_TEST_MODULES} or die 'HASHCAT_TEST_MODULES is not set';
my $json = JSON::PP->new->canonical->utf8;
my @ids = qw(typical mixed-case empty one len55 len64 len73 len129 nfc emoji spaces quotes separators nul-inside latin1);
my @without_nul = grep { $_ ne 'nul-inside' } @ids;

open my $handle, '<', dirname(__FILE__) . '/../passwords.json' or die $!;
my %passwords;
for my $row (@{ $json->decode(join '', <$handle>) }) {
  my $repeat = $row->{repeat};
  my $utf8 = $repeat ? substr($repeat->{text} x $repeat->{bytes}, 0, $repeat->{bytes}) : $row->{utf8};
  $row->{password} = defined $utf8 ? { utf8 => $utf8 } : { hex => $row->{hex} };
  $row->{bytes} = defined $utf8 ? Encode::encode('UTF-8', $utf8) : pack 'H*', $row->{hex};
  $passwords{ $row->{id} } = $row;
}

sub text_salt {
  my ($index, $length) = @_;
  my @letters = ('A' .. 'Z', 'a' .. 'z', '0' .. '9');
  my $bytes = substr sha512("digestry hashcat $index") x 5, 0, $length;
  return join '', map { $letters[ ord($_) % 62 ] } split //, $bytes;
}

sub emit {
  my ($format, $mode, $ids, $digest) = @_;
  my $module = sprintf 'm%05d.pm', $mode;
  do "$folder/$module" or die "$module: $@ $!";
  my (@tests, $i);
  $i = $mode * 100;
  for my $id (@$ids) {
    my $row = $passwords{$id};
    my ($text, $with) = $digest->($row->{bytes}, $i++);
    push @tests, {
      comment => $row->{comment}, flags => [ $row->{flag} ], password => $row->{password}, digest => $text, expect => 'match',
      $with ? (with => $with) : (),
    };
  }
  my $source = {
    name => "hashcat, test module $mode", version => '6.2.6+ (d3983edaf2)', path => 'vectors/generators/php/hashcat.pl',
    license => 'MIT', method => 'generated',
  };
  print $json->encode({ hasher => $format, source => $source, tests => \@tests }), "\n";
}

# Plain digests of the password alone.
my %plain = (
  100 => ['hex_sha1'], 1700 => ['hex_sha512'], 1300 => ['hex_sha224'], 10800 => ['hex_sha384'], 900 => ['hex_md4'],
  17400 => ['sha3_256'], 17600 => ['sha3_512'], 4700 => ['sha1_md5'], 4400 => ['md5_sha1'], 2600 => ['md5_md5'],
  4500 => ['sha1_sha1'], 20800 => ['sha256_md5'],
);
for my $mode (sort { $a <=> $b } keys %plain) {
  emit($_, $mode, \@ids, sub { (module_generate_hash($_[0])) }) for @{ $plain{$mode} };
}

my %utf16 = (170 => 'sha1_utf16le', 1470 => 'sha256_utf16le', 1770 => 'sha512_utf16le');
# hashcat widens bytes, not characters.
my @texts = grep { !/^(latin1|nfc|emoji)$/ } @ids;
for my $mode (sort { $a <=> $b } keys %utf16) {
  emit($utf16{$mode}, $mode, \@texts, sub { (module_generate_hash($_[0])) });
}

# Digest and salt, joined by a colon in hashcat's notation; the salt is another column of the row here.
my %salted = (
  10 => [ [ 'md5_pass_salt', 12 ], [ 'moodle_md5', 40, 'pepper' ] ], 20 => [ [ 'md5_salt_pass', 12 ] ],
  110 => [ [ 'sha1_pass_salt', 12 ] ], 120 => [ [ 'sha1_salt_pass', 12 ] ],
  1410 => [ [ 'sha256_pass_salt', 12 ] ], 1420 => [ [ 'sha256_salt_pass', 12 ] ],
  10810 => [ [ 'sha384_pass_salt', 12 ] ], 10820 => [ [ 'sha384_salt_pass', 12 ] ],
  1710 => [ [ 'sha512_pass_salt', 12 ] ], 1720 => [ [ 'sha512_salt_pass', 12 ], [ 'expressionengine_sha512', 128 ] ],
  50 => [ [ 'hmac_md5_key_pass', 12 ] ], 60 => [ [ 'hmac_md5_key_salt', 12 ] ],
  150 => [ [ 'hmac_sha1_key_pass', 12 ] ], 160 => [ [ 'hmac_sha1_key_salt', 12 ] ],
  1450 => [ [ 'hmac_sha256_key_pass', 12 ] ], 1460 => [ [ 'hmac_sha256_key_salt', 12 ] ],
  1750 => [ [ 'hmac_sha512_key_pass', 12 ] ], 1760 => [ [ 'hmac_sha512_key_salt', 12 ] ],
  11000 => [ [ 'prestashop_md5', 56, 'pepper' ] ], 13900 => [ [ 'opencart', 9 ] ], 8400 => [ [ 'wbb3', 40 ] ],
  2611 => [ [ 'vbulletin', 3 ] ], 2711 => [ [ 'vbulletin', 30 ] ], 2811 => [ [ 'mybb', 8 ], [ 'ipb2', 5 ] ],
  4521 => [ [ 'redmine', 32 ] ], 4522 => [ [ 'punbb', 12 ] ], 20710 => [ [ 'xenforo_sha256', 16 ] ], 4510 => [ [ 'xenforo_sha1', 8 ] ],
  3910 => [ [ 'phpfox3', 3 ] ], 32600 => [ [ 'whirlpool_salt_pass_salt', 8 ] ],
);
for my $mode (sort { $a <=> $b } keys %salted) {
  for my $row (@{ $salted{$mode} }) {
    my ($format, $length, $companion) = @$row;
    # Invision replaces quotes, among others, before it hashes.
    my @chosen = $format eq 'ipb2' ? grep { !/^(quotes|separators|nul-inside)$/ } @ids : @ids;
    emit($format, $mode, \@chosen, sub {
      my ($word, $i) = @_;
      my $salt = text_salt($i, $length);
      my ($digest) = module_generate_hash($word, $salt) =~ /^([0-9a-f]+):/ or die $format;
      return ($digest, { $companion // 'salt' => $salt });
    });
  }
}
for my $row ([ 'joomla', 11, 32 ], [ 'oscommerce', 21, 2 ], [ 'magento1_sha256', 1420, 32 ]) {
  my ($format, $mode, $length) = @$row;
  emit($format, $mode, \@ids, sub { (module_generate_hash($_[0], text_salt($_[1], $length))) });
}
emit('smf1', 121, \@ids, sub {
  my ($word, $i) = @_;
  my $name = lc text_salt($i, 7);
  my ($digest) = module_generate_hash($word, $name) =~ /^([0-9a-f]+):/ or die 'smf1';
  return ($digest, { username => ucfirst $name });
});
emit('question2answer', 19300, \@ids, sub {
  my ($word, $i) = @_;
  my $salt = text_salt($i, 16);
  my ($digest) = module_generate_hash($word, substr($salt, 0, 8), substr $salt, 8) =~ /^([0-9a-f]+):/ or die 'question2answer';
  return ($digest, { salt => $salt });
});
emit('mediawiki_b', 3711, \@ids, sub { (module_generate_hash($_[0], text_salt($_[1], 8))) });
emit('authme_sha256', 20711, \@ids, sub { (module_generate_hash($_[0], text_salt($_[1], 16))) });

# bcrypt, of Crypt::Eksblowfish.
my %bcrypt = (25600 => [ 'bcrypt_md5', 'vbulletin5_bcrypt' ], 25800 => ['bcrypt_sha1'], 30600 => ['bcrypt_sha256_hex'], 28400 => ['bcrypt_sha512_hex']);
for my $mode (sort { $a <=> $b } keys %bcrypt) {
  emit($_, $mode, \@ids, sub { (module_generate_hash($_[0], text_salt($_[1], 16), '05')) }) for @{ $bcrypt{$mode} };
}
emit('wcf_double_bcrypt', 33800, \@without_nul, sub { (module_generate_hash($_[0], text_salt($_[1], 16), '05')) });
