<?php

// WordPress's PasswordHash (phpass). HashPassword() draws its own salt, so crypt_private() is called with a setting.
// WORDPRESS_INCLUDES names the folder wp-includes of an unpacked WordPress; run.mjs sets it.

require __DIR__ . '/common.php';

$includes = getenv('WORDPRESS_INCLUDES') ?: throw new RuntimeException('WORDPRESS_INCLUDES is not set');
require "$includes/class-phpass.php";
require "$includes/version.php";

$wordpress = source('WordPress', $wp_version, 'GPL-2.0-or-later');
$typical = passwords()[0];

function phpass(string $bytes, int $log2, string $salt, string $prefix = '$P$'): string
{
    $hasher = new PasswordHash(8, true);
    return $hasher->crypt_private($bytes, $prefix . $hasher->itoa64[$log2] . $salt);
}

$tests = [];
foreach (passwords() as $i => $pw) {
    $tests[] = test($pw, phpass($pw['bytes'], 7 + $i % 2, text_salt($i, 8)));
}
foreach ([9, 10, 11] as $log2) {
    $tests[] = test($typical, phpass($typical['bytes'], $log2, text_salt($log2, 8)), ['PhpassCount'], "2^$log2 rounds");
}
$tests[] = test($typical, phpass($typical['bytes'], 7, './zZ09.A'), [], 'salt of the whole alphabet');
$tests[] = test($typical, phpass($typical['bytes'], 7, text_salt(60, 8), '$H$'), ['PhpbbPrefix'], 'written as phpBB does', ['canonical' => false]);
$tests[] = test($typical, phpass($typical['bytes'], 13, text_salt(61, 8)), ['RealisticParameters', 'PhpassCount'], "WordPress's default cost");
$tests[] = test($typical, phpass($typical['bytes'], 16, text_salt(62, 8)), ['RealisticParameters', 'PhpassCount'], '2^16 rounds');
emit('phpass', $wordpress, $tests);

$tests = [];
foreach (passwords() as $i => $pw) {
    $tests[] = test($pw, phpass(md5($pw['bytes']), 7 + $i % 2, text_salt(100 + $i, 8)), ['Rewrapped']);
}
$tests[] = test($typical, phpass(md5($typical['bytes']), 13, text_salt(63, 8)), ['Rewrapped', 'RealisticParameters'], "WordPress's default cost");
emit('md5_phpass', $wordpress, $tests);

// WordPress 6.8: bcrypt over Base64 of HMAC-SHA384 with the key `wp-sha384`, of the trimmed password. Debian 12 has an
// older WordPress, so this is the layout of its announcement around PHP's bcrypt.
$layout = source('WordPress 6.8 layout (PHP)', PHP_VERSION, 'PHP-3.01');
$tests = [];
foreach (['typical', 'nfc', 'emoji'] as $i => $id) {
    $pw = array_values(array_filter(passwords(), fn ($row) => $row['id'] === $id))[0];
    $prehash = base64_encode(hash_hmac('sha384', trim($pw['utf8']), 'wp-sha384', true));
    $digest = '$wp' . crypt($prehash, '$2y$04$' . bcrypt_salt($i));
    $tests[] = [
        'comment' => "\$wp\$2y\$, {$pw['comment']}",
        'password' => $pw['utf8'],
        'text' => $digest,
        'expect' => 'converts',
        'passwordHasher' => 'wordpress_bcrypt',
        'passwordDigest' => $digest,
    ];
}
echo json_encode(['system' => 'wordpress', 'source' => $layout, 'tests' => $tests], JSON_THROW_ON_ERROR), "\n";
