<?php

// phpBB's password manager and its drivers, those for converted boards too (`PHP_PRODUCTS/phpbb`).

namespace phpbb\config {
    // The drivers want one and read nothing of it.
    class config
    {
    }
}

namespace {
    require __DIR__ . '/products.php';

    spl_autoload_register(function (string $class): void {
        require file_of('phpbb', 'phpBB/' . str_replace('\\', '/', $class) . '.php');
    });

    // phpBB 2 hashed what the browser sent, with slashes before quotes.
    final class Request
    {
        public function super_globals_disabled(): bool
        {
            return false;
        }

        public function variable(string $name, string $default, bool $multibyte): string
        {
            return $_REQUEST['password'];
        }
    }

    function utf8_to_cp1252(string $text): string
    {
        return mb_convert_encoding($text, 'Windows-1252', 'UTF-8');
    }

    $config = new phpbb\config\config();
    $helper = new phpbb\passwords\driver\helper($config);
    $driver = fn (string $name, ...$more) => new ("phpbb\\passwords\\driver\\$name")($config, $helper, ...$more);
    $drivers = ['bcrypt_2y' => $driver('bcrypt_2y', 10), 'bcrypt' => $driver('bcrypt', 10)];
    foreach (['salted_md5', 'phpass', 'convert_password', 'sha1_smf', 'sha1', 'sha1_wcf1', 'md5_mybb', 'md5_vb', 'sha_xf1'] as $name) {
        $drivers[$name] = $driver($name);
    }
    $drivers['md5_phpbb2'] = new phpbb\passwords\driver\md5_phpbb2(new Request(), $drivers['salted_md5'], $helper, '', 'php');
    $drivers['bcrypt_wcf2'] = new phpbb\passwords\driver\bcrypt_wcf2($drivers['bcrypt'], $helper);
    $manager = new phpbb\passwords\manager($config, $drivers, new phpbb\passwords\helper(), array_keys($drivers));
    $phpbb = generated('phpBB', '4.0 dev (7ca0ec3cca)', 'GPL-2.0-only');

    function confirm(string $password, string $stored, array $user = []): void
    {
        global $manager;
        $_REQUEST['password'] = $password;
        $manager->check($password, $stored, $user) || throw new RuntimeException("phpBB says no to $stored");
        $_REQUEST['password'] = "x$password";
        $manager->check("x$password", $stored, $user) && throw new RuntimeException("phpBB says yes to $stored");
    }

    $tests = [];
    foreach (chosen() as $i => $pw) {
        $p = $pw['bytes'];
        $digest = $drivers['salted_md5']->hash($p, '$H$' . '5679'[$i % 2 + 1] . text_salt($i, 8));
        confirm($p, $digest);
        $tests[] = row($pw, $digest);
    }
    $converted = [
        'md5_phpbb2' => fn ($p, $i) => [md5(addslashes($p)), []],
        'sha1_smf' => fn ($p, $i) => [$drivers['sha1_smf']->hash($p, ['login_name' => 'Alice']), ['username' => 'Alice']],
        'sha1' => fn ($p, $i) => [sha1($p), []],
        'sha1_wcf1' => fn ($p, $i) => [sha1(($s = bin2hex(salt($i, 20))) . sha1($s . sha1($p))), ['salt' => $s]],
        'md5_mybb' => fn ($p, $i) => [md5(md5($s = text_salt($i, 8)) . md5($p)), ['salt' => $s]],
        'md5_vb' => fn ($p, $i) => [md5(md5($p) . ($s = text_salt($i, 3))), ['salt' => $s]],
        'sha_xf1, SHA-256' => fn ($p, $i) => [hash('sha256', hash('sha256', $p) . ($s = text_salt($i, 32))), ['salt' => $s]],
        'sha_xf1, SHA-1' => fn ($p, $i) => [sha1(sha1($p) . ($s = text_salt($i, 32))), ['salt' => $s]],
        'bcrypt_wcf2' => fn ($p, $i) => [crypt(crypt($p, $s = '$2a$04$' . bcrypt_salt($i)), $s), []],
        'md5_phpbb2 over salted MD5' => fn ($p, $i) => [$drivers['salted_md5']->hash(md5(addslashes($p)), '$H$7' . text_salt($i, 8)), []],
    ];
    foreach ($converted as $name => $digest) {
        // phpBB gives $2a$ no password that ends in a byte over 127.
        foreach (['typical', $name === 'bcrypt_wcf2' ? 'one' : 'nfc', 'quotes'] as $i => $id) {
            $pw = one($id);
            [$hash, $with] = $digest($pw['bytes'], $i + 100);
            confirm($pw['bytes'], "\$CP\$$hash", ['user_passwd_salt' => $with['salt'] ?? null, 'login_name' => $with['username'] ?? null]);
            $tests[] = row($pw, "\$CP\$$hash", $with, [], $name);
        }
    }
    foreach (chosen(['nul-inside']) as $i => $pw) {
        $inner = $drivers['salted_md5']->hash($pw['bytes'], '$H$7' . ($s = text_salt(200 + $i, 8)));
        $setting = '$2y$04$' . bcrypt_salt(300 + $i);
        $outer = crypt(substr($inner, 12), $setting);
        $digest = '$H\2y$7' . $s . '$04\\' . substr($setting, 7) . '$' . substr($outer, 29);
        confirm($pw['bytes'], $digest);
        $tests[] = row($pw, $digest, [], [], 'bcrypt over salted MD5');
    }
    emit('phpbb_cp', $phpbb, $tests);
}
