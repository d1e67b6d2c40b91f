<?php

// PHP's own functions: crypt() is crypt_blowfish, PBKDF2 and the digests are PHP's own code, Argon2 and one scrypt
// are libsodium's. crypt() takes a C string, so no NUL; password_hash() draws its own salt: see php_password_hash.php.

require __DIR__ . '/common.php';

const ITERATIONS = [1, 3, 20, 128, 1000];
$php = source('PHP', PHP_VERSION, 'PHP-3.01');
$sodium = source('libsodium (PHP)', SODIUM_LIBRARY_VERSION, 'ISC');
$short = passwords(['len4096']);
$typical = $short[0];

function each_password(array $passwords, callable $digest, array $flags = []): array
{
    return array_map(fn ($i, $pw) => test($pw, $digest($pw, $i), $flags), array_keys($passwords), $passwords);
}

function unpadded(string $bytes): string
{
    return rtrim(base64_encode($bytes), '=');
}

function bcrypt(string $bytes, string $variant, int $cost, string $salt): string
{
    return crypt($bytes, sprintf('$%s$%02d$%s', $variant, $cost, $salt));
}

emit('md5', $php, each_password($short, fn ($pw) => md5($pw['bytes'])));
emit('sha256', $php, each_password($short, fn ($pw) => hash('sha256', $pw['bytes'])));

foreach (['md5', 'sha256'] as $algorithm) {
    emit("{$algorithm}_salted", $php, each_password($short, function ($pw, $i) use ($algorithm) {
        $salt = text_salt(200 + $i, [8, 16, 3][$i % 3]);
        return $salt . '$' . hash($algorithm, $salt . $pw['bytes']);
    }));
}

$variants = ['2y', '2b', '2x'];
$tests = [];
foreach (without_nul(passwords()) as $i => $pw) {
    $variant = $variants[$i % 3];
    $signed = $variant === '2x' && preg_match('/[\x80-\xff]/', $pw['bytes']);
    $tests[] = test($pw, bcrypt($pw['bytes'], $variant, 4 + $i % 2, bcrypt_salt(100 + $i)), $signed ? ['SignExtension'] : []);
}
foreach ([10, 12] as $cost) {
    $tests[] = test($typical, bcrypt($typical['bytes'], '2y', $cost, bcrypt_salt($cost)), ['RealisticParameters'], "cost $cost");
}
emit('bcrypt', $php, $tests);

emit('bcrypt_sha256_django', source('Django layout (PHP)', PHP_VERSION, 'PHP-3.01'), each_password(
    $short,
    fn ($pw, $i) => 'bcrypt_sha256$' . bcrypt(hash('sha256', $pw['bytes']), '2b', 4, bcrypt_salt(200 + $i)),
));

$pepper = 'a pepper$with {signs} and é';
emit('bcrypt_peppered', source('Devise layout (PHP)', PHP_VERSION, 'PHP-3.01'), array_map(
    function ($i, $pw) use ($pepper) {
        $over = strlen($pw['bytes'] . $pepper) > 72 ? ['PepperOver72'] : [];
        return test($pw, bcrypt($pw['bytes'] . $pepper, '2y', 4, bcrypt_salt(300 + $i)) . '$' . $pepper, ['Pepper', ...$over]);
    },
    array_keys(without_nul($short)),
    without_nul($short),
));

// PBKDF2.
function pbkdf2(string $algorithm, array $pw, string $salt, int $iterations, int $length): string
{
    return hash_pbkdf2($algorithm, $pw['bytes'], $salt, $iterations, $length, true);
}

emit('pbkdf2_sha1', $php, each_password($short, function ($pw, $i) {
    [$n, $salt] = [ITERATIONS[$i % 5], salt(300 + $i, 12)];
    return "pbkdf2_sha1\$$n\$" . bin2hex($salt) . '$' . bin2hex(pbkdf2('sha1', $pw, $salt, $n, 32));
}, ['HexSalt', 'DefaultKeylen']));
emit('pbkdf2_sha256', $php, each_password($short, function ($pw, $i) {
    [$n, $salt] = [ITERATIONS[$i % 5], salt(400 + $i)];
    return "pbkdf2_sha256\$$n\$" . base64_encode($salt) . '$' . base64_encode(pbkdf2('sha256', $pw, $salt, $n, 32));
}));
emit('pbkdf2_sha256_django', source('Django layout (PHP)', PHP_VERSION, 'PHP-3.01'), each_password($short, function ($pw, $i) {
    [$n, $salt] = [ITERATIONS[$i % 5], text_salt(500 + $i, 22)];
    return "pbkdf2_sha256\$$n\$$salt\$" . base64_encode(pbkdf2('sha256', $pw, $salt, $n, 32));
}));
emit('pbkdf2_sha512', $php, each_password($short, function ($pw, $i) {
    [$n, $salt] = [ITERATIONS[$i % 5], text_salt(600 + $i)];
    return "pbkdf2_sha512\$$n\$$salt\$" . bin2hex(pbkdf2('sha512', $pw, $salt, $n, 64));
}, ['TextSalt']));
emit('pbkdf2_sha512_hex', $php, each_password($short, function ($pw, $i) {
    [$n, $salt] = [ITERATIONS[$i % 5], salt(700 + $i)];
    return "pbkdf2_sha512_hex\$$n\$" . bin2hex($salt) . '$' . bin2hex(pbkdf2('sha512', $pw, $salt, $n, 64));
}, ['HexSalt']));

// Umbraco's digest is of text: the rows of invalid UTF-8 have none.
$text = array_values(array_filter($short, fn ($pw) => preg_match('//u', $pw['bytes']) === 1));
emit('hmac_sha256_utf16_b64', $php, each_password($text, function ($pw) {
    $data = iconv('UTF-8', 'UTF-16LE', $pw['bytes']);
    return base64_encode(hash_hmac('sha256', $data, $data, true));
}));

emit('ldap_ssha', $php, each_password($short, function ($pw, $i) {
    $salt = salt(800 + $i, [4, 8, 16][$i % 3]);
    return '{SSHA}' . base64_encode(sha1($pw['bytes'] . $salt, true) . $salt);
}, ['SaltLength']));

// libsodium's Argon2: p = 1, salts of 16 bytes, t of at least 3 for Argon2i; an empty password gets a warning.
$filled = array_values(array_filter($short, fn ($pw) => $pw['bytes'] !== ''));
foreach (['argon2id' => SODIUM_CRYPTO_PWHASH_ALG_ARGON2ID13, 'argon2i' => SODIUM_CRYPTO_PWHASH_ALG_ARGON2I13] as $name => $algorithm) {
    emit($name, $sodium, each_password($filled, function ($pw, $i) use ($name, $algorithm) {
        [$m, $t, $length] = [8 + 3 * $i, 3 + $i % 2, [16, 32, 64][$i % 3]];
        $salt = salt(900 + $i);
        $tag = sodium_crypto_pwhash($length, $pw['bytes'], $salt, $t, $m * 1024, $algorithm);
        return "\$$name\$v=19\$m=$m,t=$t,p=1\$" . unpadded($salt) . '$' . unpadded($tag);
    }, ['Rewrapped', 'ArgonParameters']));
}
