<?php

// PHP's own crypt() beyond bcrypt, and libsodium's scrypt text, which draws its own salt.

require __DIR__ . '/common.php';

const IDS = [
    'typical', 'empty', 'one', 'len55', 'len64', 'len73', 'len129', 'nfc', 'emoji', 'spaces', 'separators', 'latin1', 'fffe80',
];
$chosen = array_values(array_filter(without_nul(passwords()), fn ($password) => in_array($password['id'], IDS, true)));
$php = source('PHP crypt', PHP_VERSION, 'PHP-3.01');

function crypted(array $chosen, callable $setting): array
{
    $tests = [];
    foreach ($chosen as $i => $password) {
        $tests[] = test($password, crypt($password['bytes'], $setting($i)));
    }
    return $tests;
}

emit('sha512_crypt', $php, crypted($chosen, fn ($i) => ['$6$', '$6$rounds=1000$', '$6$rounds=1500$'][$i % 3] . text_salt($i, [16, 8, 1][$i % 3]) . '$'));
emit('sha256_crypt', $php, crypted($chosen, fn ($i) => ['$5$', '$5$rounds=1000$', '$5$rounds=1500$'][$i % 3] . text_salt($i, [16, 8, 1][$i % 3]) . '$'));
emit('md5_crypt', $php, crypted($chosen, fn ($i) => '$1$' . text_salt($i, [8, 4, 1][$i % 3]) . '$'));
emit('des_crypt', $php, crypted($chosen, fn ($i) => text_salt($i, 2)));
emit('bsdi_crypt', $php, crypted($chosen, fn ($i) => ['_/...', '_J9..', '_z...'][$i % 3] . text_salt($i, 4)));

$sodium = source('libsodium', SODIUM_LIBRARY_VERSION, 'ISC');
$tests = [];
foreach (array_slice($chosen, 0, 4) as $password) {
    $digest = sodium_crypto_pwhash_scryptsalsa208sha256_str($password['bytes'], 524288, 16777216);
    $tests[] = test($password, $digest, ['RandomSalt'], '', ['speed' => 'slow']);
}
emit('scrypt_crypt', $sodium, $tests);
