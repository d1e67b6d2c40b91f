<?php

// WoltLab Suite's password algorithms, with which it reads the users of other boards (`PHP_PRODUCTS/wcf`).

namespace ParagonIE\ConstantTime {
    // The salts of hash() are drawn; ours are fixed, as hex of the same length.
    final class Hex
    {
        public static function encode(string $bytes): string
        {
            return bin2hex($bytes);
        }
    }
}

namespace {
    require __DIR__ . '/products.php';

    const ALGORITHMS = 'wcfsetup/install/files/lib/system/user/authentication/password';
    require file_of('wcf', ALGORITHMS . '/IPasswordAlgorithm.class.php');
    spl_autoload_register(function (string $class): void {
        require file_of('wcf', ALGORITHMS . '/algorithm/' . basename(str_replace('\\', '/', $class)) . '.class.php');
    });

    $wcf = generated('WoltLab Suite', '6.2 dev (090ae94d62)', 'LGPL-2.1-only');
    $algorithm = fn (string $name, ...$arguments) => new ("wcf\\system\\user\\authentication\\password\\algorithm\\$name")(...$arguments);
    $hashWithSalt = fn (object $hasher) => fn (string $password, string $salt): string
        => (new ReflectionMethod($hasher, 'hashWithSalt'))->invoke($hasher, $password, $salt);
    $confirm = function (object $hasher, string $password, string $stored): void {
        $hasher->verify($password, $stored) && !$hasher->verify("x$password", $stored) || throw new RuntimeException(get_class($hasher));
    };

    // class => [format, length of its salt, whether the salt is in the digest]
    $salted = [
        'Joomla1' => ['joomla', 32, true],
        'Vb3' => ['vbulletin', 3, false],
        'Vb4' => ['vbulletin', 30, false],
        'Mybb1' => ['mybb', 8, false],
        'Phpfox3' => ['phpfox3', 3, false],
        'Wcf1' => ['wbb3', 40, false],
        'Xf1' => ['xenforo_sha256', 64, false],
        'Smf2' => ['sha1_salt_pass', 10, false],
    ];
    $groups = [];
    foreach ($salted as $class => [$format, $length, $inside]) {
        $hasher = $algorithm($class);
        foreach (chosen() as $i => $pw) {
            $salt = $format === 'vbulletin' ? substr(['\'":', '!~#', 'a:b'][$i % 3] . text_salt($i, 27), 0, $length) : text_salt($i, $length);
            if ($length >= 40) {
                $salt = bin2hex(salt($i, $length / 2));
            }
            $hash = $hashWithSalt($hasher)($pw['bytes'], $salt);
            $confirm($hasher, $pw['bytes'], "$hash:$salt");
            $groups[$format][] = $inside ? row($pw, "$hash:$salt") : row($pw, $hash, ['salt' => $salt]);
        }
    }
    foreach (chosen() as $i => $pw) {
        $salt = bin2hex(salt(100 + $i, 32));
        $hash = sha1(sha1($pw['bytes']) . $salt);
        $confirm($algorithm('Xf1'), $pw['bytes'], "$hash:$salt");
        $groups['xenforo_sha1'][] = row($pw, $hash, ['salt' => $salt]);
    }
    foreach (chosen() as $i => $pw) {
        $salt = bin2hex(salt(200 + $i, 20));
        $type = 'wcf1e' . 'ms'[$i % 2] . '10'[intdiv($i, 2) % 2] . 'ab'[intdiv($i, 4) % 2] . '01'[intdiv($i, 8) % 2];
        $hasher = $algorithm('Wcf1e', $type);
        $hash = $hashWithSalt($hasher)($pw['bytes'], $salt);
        $confirm($hasher, $pw['bytes'], "$hash:$salt");
        $groups['wcf1e'][] = row($pw, $hash, ['salt' => $salt, 'params' => ['type' => $type]]);
    }
    foreach (chosen() as $i => $pw) {
        [$algo, $iterations, $length] = [['sha256', 1000, 32], ['sha512', 100, 64], ['sha1', 10, 20], ['sha256', 1, 64]][$i % 4];
        $salt = bin2hex(salt(300 + $i, 20));
        $hash = hash_pbkdf2($algo, $pw['bytes'], $salt, $iterations, $length, true);
        $text = implode(':', [bin2hex($hash), $salt, $algo, $iterations, $length]);
        $confirm($algorithm('Pbkdf2'), $pw['bytes'], $text);
        $groups['wcf_pbkdf2'][] = row($pw, $text);
    }
    // Drupal 8 as WoltLab imports it, by its own trait; the text is cut at 55.
    foreach (chosen() as $i => $pw) {
        $hasher = $algorithm('Drupal8');
        $setting = '$S$' . '789'[$i % 3] . text_salt(400 + $i, 8);
        $text = (new ReflectionMethod($hasher, 'hashDrupal'))->invoke($hasher, $pw['bytes'], $setting);
        $confirm($hasher, $pw['bytes'], $text);
        $groups['drupal7'][] = row($pw, $text);
    }
    // crypt() takes a C string.
    foreach (without_nul(chosen()) as $i => $pw) {
        $hasher = $algorithm('DoubleBcrypt');
        $setting = '$2' . 'ay'[$i % 2] . '$0' . [4, 5, 8][$i % 3] . '$' . bcrypt_salt(500 + $i);
        $text = (new ReflectionMethod($hasher, 'getDoubleSaltedHash'))->invoke($hasher, $pw['bytes'], $setting);
        $confirm($hasher, $pw['bytes'], $text);
        $groups['wcf_double_bcrypt'][] = row($pw, $text);
    }
    foreach (chosen() as $i => $pw) {
        $text = crypt(md5($pw['bytes']), '$2y$0' . [4, 5][$i % 2] . '$' . bcrypt_salt(600 + $i));
        $confirm($algorithm('Vb5Bcrypt'), $pw['bytes'], $text);
        $groups['vbulletin5_bcrypt'][] = row($pw, $text);
    }
    foreach (chosen() as $i => $pw) {
        $hash = sodium_crypto_pwhash(32, md5($pw['bytes']), $salt = salt(700 + $i), 1 + $i % 2, 65536 << $i % 3, SODIUM_CRYPTO_PWHASH_ALG_ARGON2ID13);
        $text = '$argon2id$v=19$m=' . (64 << $i % 3) . ',t=' . (1 + $i % 2) . ',p=1$' . rtrim(base64_encode($salt), '=') . '$' . rtrim(base64_encode($hash), '=');
        $confirm($algorithm('Vb5Argon2'), $pw['bytes'], $text);
        $groups['vbulletin5_argon2id'][] = row($pw, $text);
    }
    foreach ($groups as $format => $tests) {
        emit($format, $wcf, $tests);
    }
}
