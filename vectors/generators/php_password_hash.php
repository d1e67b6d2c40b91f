<?php

// PHP's password_hash(): it draws its own salt, refuses a NUL for bcrypt, and takes any bytes for Argon2
// (the reference library, with threads).

require __DIR__ . '/common.php';

$php = source('PHP password_hash', PHP_VERSION, 'PHP-3.01');
$chosen = ['typical', 'empty', 'len72', 'len73', 'nfc', 'nfd', 'emoji', 'separators', 'latin1'];
$passwords = array_values(array_filter(passwords(), fn ($pw) => in_array($pw['id'], $chosen, true)));

emit('bcrypt', $php, array_map(
    fn ($pw) => test($pw, password_hash($pw['bytes'], PASSWORD_BCRYPT, ['cost' => 4]), ['RandomSalt']),
    $passwords,
));
foreach (['argon2i' => PASSWORD_ARGON2I, 'argon2id' => PASSWORD_ARGON2ID] as $hasher => $algorithm) {
    emit($hasher, $php, array_map(
        fn ($i, $pw) => test(
            $pw,
            password_hash($pw['bytes'], $algorithm, ['memory_cost' => 64, 'time_cost' => 1 + $i % 2, 'threads' => 1 + $i % 3]),
            ['RandomSalt', 'ArgonParameters'],
        ),
        array_keys($passwords),
        $passwords,
    ));
}
