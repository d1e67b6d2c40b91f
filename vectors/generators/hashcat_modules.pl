# The test modules of hashcat for Domino, SAP, Sybase and PeopleSoft, in Perl: what hashcat's kernels must find.
# HASHCAT_TEST_MODULES names the folder tools/test_modules of hashcat.
# SAP code B cuts passwords at 8 letters, so a blank there would be the last one: only the first word is taken.
# hashcat pads Domino's passwords of 16 and 32 bytes otherwise than Domino: such passwords are left out.

use strict;
use warnings;

use Digest::SHA qw(sha512);
use Encode ();
use File::Basename qw(dirname);
use JSON::PP;

# Each module defines the same three functions anew.
local $SIG{__WARN__} = sub { warn @_ unless $_[0] =~ / redefined at / };

# One module uses Digest::SHA1, which Digest::SHA has taken the place of.
BEGIN {
  $INC{'Digest/SHA1.pm'} = __FILE__;
  *Digest::SHA1::sha1 = \&Digest::SHA::sha1;
  *Digest::SHA1::import = sub { no strict 'refs'; *{ caller() . '::sha1' } = \&Digest::SHA::sha1 };
}

my $folder = $ENV{HASHCAT_TEST_MODULES} or die 'HASHCAT_TEST_MODULES is not set';
my $json = JSON::PP->new->canonical->utf8;
my @ids = qw(typical mixed-case empty one digits len55 separators);

open my $handle, '<', dirname(__FILE__) . '/passwords.json' or die $!;
my %passwords;
for my $row (@{ $json->decode(join '', <$handle>) }) {
  my $repeat = $row->{repeat};
  my $utf8 = $repeat ? substr($repeat->{text} x $repeat->{bytes}, 0, $repeat->{bytes}) : $row->{utf8};
  next unless defined $utf8;
  $passwords{ $row->{id} } = { %$row, password => { utf8 => $utf8 }, bytes => Encode::encode('UTF-8', $utf8) };
}

sub salt {
  my ($index, $length) = @_;
  return substr sha512("digestry hashcat_modules $index"), 0, $length;
}

sub emit {
  my ($format, $mode, $ids, $digest) = @_;
  my $module = sprintf 'm%05d.pm', $mode;
  do "$folder/$module" or die "$module: $@ $!";
  my @tests;
  for my $id (@$ids) {
    my $row = $passwords{$id};
    push @tests, {
      comment => $row->{comment}, flags => [ $row->{flag} ], password => $row->{password},
      digest => $digest->($row->{bytes}, scalar @tests), expect => 'match',
    };
  }
  my $source = {
    name => "hashcat, test module $mode", version => '6.2.6+ (d3983edaf2)', path => 'vectors/generators/hashcat_modules.pl',
    license => 'MIT', method => 'generated',
  };
  print $json->encode({ hasher => $format, source => $source, tests => \@tests }), "\n";
}

my @users = ('ADA', 'DDIC', 'user_1', 'A', 'EARLYWATCH', 'TMSADM', 'SAP*');
emit('lotus5', 8600, [qw(typical mixed-case one digits len55)], sub { uc module_generate_hash($_[0], '') });
emit('lotus6', 8700, \@ids, sub { module_generate_hash($_[0], salt($_[1], 5)) });
emit('lotus8', 9100, \@ids, sub { module_generate_hash($_[0], salt($_[1] + 20, 16), (1, 100, 5000)[ $_[1] % 3 ]) });
emit('sap_b', 7700, \@ids, sub { module_generate_hash(substr($_[0] =~ s{ .*}{}r, 0, 8), $users[ $_[1] ]) });
emit('sap_g', 7800, \@ids, sub { module_generate_hash($_[0], $users[ $_[1] ]) });
emit('sybase_ase', 8000, \@ids, sub { module_generate_hash($_[0], unpack 'H*', salt($_[1] + 40, 8)) });
emit('peoplesoft', 133, \@ids, sub { module_generate_hash($_[0], '') });
