<?php

// Symfony's PasswordHasher component (Debian's php-symfony-password-hasher): digests whose parameters are in security.yaml.

require __DIR__ . '/products.php';
require 'Symfony/Component/PasswordHasher/autoload.php';

use Symfony\Component\PasswordHasher\Hasher\MessageDigestPasswordHasher;
use Symfony\Component\PasswordHasher\Hasher\NativePasswordHasher;
use Symfony\Component\PasswordHasher\Hasher\Pbkdf2PasswordHasher;

$package = trim(shell_exec("dpkg-query -W -f '\${Version}' php-symfony-password-hasher"));
$symfony = generated('Symfony PasswordHasher', $package, 'MIT');

$KINDS = [['sha512', true, 5], ['sha256', true, 10], ['sha1', false, 1], ['md5', false, 3], ['sha512', false, 1], ['sha384', true, 2]];
emit('symfony_message_digest', $symfony, rows(chosen(), function ($p, $i) use ($KINDS) {
    [$algorithm, $base64, $iterations] = $KINDS[$i % 6];
    $salt = $i % 5 === 4 ? null : text_salt($i, 31);
    $with = ['params' => compact('algorithm', 'iterations')] + ($salt === null ? [] : compact('salt'));
    return [(new MessageDigestPasswordHasher($algorithm, $base64, $iterations))->hash($p, $salt), $with];
}));

$KINDS = [['sha512', true, 1000, 40], ['sha512', false, 100, 40], ['sha256', true, 10, 32], ['sha1', false, 1, 40]];
emit('symfony_pbkdf2', $symfony, rows(chosen(), function ($p, $i) use ($KINDS) {
    [$algorithm, $base64, $iterations, $length] = $KINDS[$i % 4];
    $salt = text_salt(100 + $i, 22);
    $digest = (new Pbkdf2PasswordHasher($algorithm, $base64, $iterations, $length))->hash($p, $salt);
    return [$digest, ['salt' => $salt, 'params' => compact('algorithm', 'iterations')]];
}));

// hash() draws its salt: PHP's crypt() writes the digest, and Symfony confirms it.
$hasher = new NativePasswordHasher(null, null, 4, PASSWORD_BCRYPT);
$tests = [];
foreach (chosen(['empty'], [...IDS, 'len72', 'len71', 'len4096', 'nul-end']) as $i => $pw) {
    $p = $pw['bytes'];
    $long = strlen($p) > 72 || str_contains($p, "\0");
    $digest = crypt($long ? base64_encode(hash('sha512', $p, true)) : $p, '$2y$0' . (4 + $i % 2) . '$' . bcrypt_salt($i));
    $hasher->verify($digest, $p) && !$hasher->verify($digest, "x$p") || throw new RuntimeException('Symfony disagrees');
    $tests[] = row($pw, $digest);
}
emit('symfony_native_long', $symfony, $tests);
