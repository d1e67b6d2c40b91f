<?php

// WordPress 6.8 and later: wp_hash_password() and wp_check_password() of a release (`PHP_PRODUCTS/wordpress`).

namespace WordPress {
    const PASSWORD_BCRYPT = \PASSWORD_BCRYPT;

    // What the function calls draws a salt; here it is fixed, so that a second run writes the same file.
    function password_hash(string $password, string $algorithm, array $options): string
    {
        return \crypt($password, \sprintf('$2y$%02d$%s', $options['cost'], $options['salt']));
    }

    function apply_filters(string $name, $value)
    {
        global $cost, $salt;
        return $name === 'wp_hash_password_options' ? \compact('cost', 'salt') : $value;
    }
}

namespace {
    require __DIR__ . '/products.php';

    foreach (['wp_hash_password', 'wp_check_password'] as $name) {
        eval('namespace WordPress; ' . source_of(file_of('wordpress', 'wp-includes/pluggable.php'), $name));
    }
    require file_of('wordpress', 'wp-includes/version.php');

    $tests = [];
    $ends = [" \t\n\r\0\x0Bpadded\x0B\0\r\n\t ", "a\0b\0", "\xc2\xa0kept\xc2\xa0", ' '];
    $passwords = [
        ...chosen([], [...IDS, 'newline', 'nul-end', 'len4096', 'len71', 'len72']),
        ...array_map(fn ($p) => ['comment' => 'white space and NUL at the ends', 'flag' => 'ControlCharacter', 'bytes' => $p, 'json' => ['utf8' => $p]], $ends),
    ];
    foreach ($passwords as $i => $pw) {
        $cost = 4 + $i % 2;
        $salt = bcrypt_salt($i);
        $digest = WordPress\wp_hash_password($pw['bytes']);
        // wp_authenticate() trims before it checks.
        WordPress\wp_check_password(trim($pw['bytes']), $digest) || throw new RuntimeException('WordPress disagrees');
        $tests[] = row($pw, $digest, [], trim($pw['bytes']) === $pw['bytes'] ? [] : ['Trimmed']);
    }
    [$cost, $salt] = [10, bcrypt_salt(90)];
    $tests[] = row(one('typical'), WordPress\wp_hash_password(one('typical')['bytes']), [], ['RealisticParameters'], "WordPress's default cost");
    emit('wordpress_bcrypt', generated('WordPress', $wp_version, 'GPL-2.0-or-later'), $tests);
}
