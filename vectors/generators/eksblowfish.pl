# Crypt::Eksblowfish, which has its own Blowfish and takes any bytes, so that a NUL is a byte like another.
use strict;
use warnings;

use Crypt::Eksblowfish::Bcrypt qw(bcrypt_hash en_base64);
use Digest::SHA qw(sha256_hex sha512);
use File::Basename qw(basename dirname);
use JSON::PP;

my $json = JSON::PP->new->ascii->canonical;
my $license = 'Artistic-1.0-Perl OR GPL-1.0-or-later';

sub passwords {
    open my $file, '<:raw', dirname(__FILE__) . '/passwords.json' or die $!;
    local $/;
    my @rows = @{ JSON::PP->new->utf8->decode(<$file>) };
    for my $row (@rows) {
        if (my $repeat = $row->{repeat}) {
            $row->{utf8} = substr $repeat->{text} x $repeat->{bytes}, 0, $repeat->{bytes};
        }
        $row->{json} = defined $row->{utf8} ? { utf8 => $row->{utf8} } : { hex => $row->{hex} };
        $row->{bytes} = defined $row->{utf8} ? $row->{utf8} : pack 'H*', $row->{hex};
        utf8::encode($row->{bytes}) if defined $row->{utf8};
    }
    return @rows;
}

# Salts are fixed, so that a second run writes the same file.
sub salt {
    return substr sha512('digestry ' . basename($0) . " $_[0]"), 0, 16;
}

sub bcrypt {
    my ($bytes, $variant, $cost, $salt) = @_;
    # $2$ is the one variant that appends no NUL to the key.
    my $settings = { key_nul => $variant ne '2', cost => $cost, salt => $salt };
    return sprintf '$%s$%02d$%s%s', $variant, $cost, en_base64($salt), en_base64(bcrypt_hash($settings, $bytes));
}

sub test {
    my ($password, $digest, @flags) = @_;
    return {
        id => $password->{id}, comment => $password->{comment}, flags => [ $password->{flag}, @flags ],
        password => $password->{json}, digest => $digest, expect => 'match',
    };
}

sub emit {
    my ($hasher, $name, @tests) = @_;
    my $source = {
        name => $name, version => "$Crypt::Eksblowfish::Bcrypt::VERSION", license => $license,
        path => 'vectors/generators/' . basename($0), method => 'generated',
    };
    print $json->encode({ hasher => $hasher, source => $source, tests => \@tests }), "\n";
}

my @passwords = passwords();
my @short = grep { $_->{id} ne 'len4096' } @passwords;
my @variants = qw(2b 2a 2y);

my @tests = map { test($short[$_], bcrypt($short[$_]{bytes}, $variants[ $_ % 3 ], 4, salt(1000 + $_))) } 0 .. $#short;
push @tests, map { test($_, bcrypt($_->{bytes}, '2', 4, salt(1100 + length $_->{bytes})), 'Variant2') }
    grep { $_->{id} =~ /^(typical|one|len7[123]|nfc|nul-inside|nul-end|latin1)$/ } @short;
# A key repeats its NUL-ended bytes, so the empty password and one NUL are the same key.
my $one_nul = bcrypt("\0", '2b', 4, salt(1200));
push @tests, map { test($_, $one_nul) } grep { $_->{id} =~ /^(empty|nul-only)$/ } @short;
emit('bcrypt', 'Crypt::Eksblowfish', @tests);

emit('bcrypt_sha256_django', 'Django layout (Crypt::Eksblowfish)', map {
    test($short[$_], 'bcrypt_sha256$' . bcrypt(sha256_hex($short[$_]{bytes}), '2b', 4, salt(1300 + $_)))
} 0 .. $#short);

my $pepper = '0123456789abcdef0123456789abcdef';
emit('bcrypt_peppered', 'Devise layout (Crypt::Eksblowfish)', map {
    my $peppered = $short[$_]{bytes} . $pepper;
    my @flags = ('Pepper', length $peppered > 72 ? 'PepperOver72' : ());
    test($short[$_], bcrypt($peppered, '2a', 4, salt(1400 + $_)) . '$' . $pepper, @flags)
} 0 .. $#short);
