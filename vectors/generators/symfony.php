<?php

// Symfony's PasswordHasher component: the message digest hasher, which takes the salt, and its PBKDF2.

require __DIR__ . '/common.php';
require 'Symfony/Component/PasswordHasher/autoload.php';

use Symfony\Component\PasswordHasher\Hasher\MessageDigestPasswordHasher;
use Symfony\Component\PasswordHasher\Hasher\Pbkdf2PasswordHasher;

$package = trim(shell_exec("dpkg-query -W -f '\${Version}' php-symfony-password-hasher"));
$symfony = source('Symfony PasswordHasher', $package, 'MIT');
$typical = passwords()[0];

function symfony_digest(array $password, int $iterations, ?string $salt): string
{
    $hash = (new MessageDigestPasswordHasher('sha512', true, $iterations))->hash($password['bytes'], $salt);
    return "sha512_symfony\$$iterations\$$salt\$$hash";
}

$tests = [];
foreach (passwords() as $i => $pw) {
    $salt = $i % 5 === 4 ? '' : text_salt($i, [31, 16, 8][$i % 3]);
    $tests[] = test($pw, symfony_digest($pw, [1, 2, 10, 100][$i % 4], $salt), $salt === '' ? ['EmptySalt'] : []);
}
foreach (['c2FsdA==' => 'salt that looks like Base64', 'a:b,c.d' => 'salt with punctuation', 'sel é' => 'salt that is not ASCII'] as $salt => $comment) {
    $tests[] = test($typical, symfony_digest($typical, 3, $salt), ['TextSalt'], $comment);
}
$tests[] = test($typical, symfony_digest($typical, 5000, text_salt(60, 31)), ['RealisticParameters'], "Symfony's default cost");
emit('sha512_symfony', $symfony, $tests);

$tests = [];
foreach (passwords(['len4096']) as $i => $pw) {
    $iterations = [1, 2, 10, 1000][$i % 4];
    $salt = text_salt(100 + $i);
    $hash = (new Pbkdf2PasswordHasher('sha512', false, $iterations, 64))->hash($pw['bytes'], $salt);
    $tests[] = test($pw, "pbkdf2_sha512\$$iterations\$$salt\$$hash", ['Rewrapped', 'TextSalt']);
}
emit('pbkdf2_sha512', $symfony, $tests);
