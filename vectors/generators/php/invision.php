<?php

// The IP.Board 3 driver of a phpBB extension, which repeats what the board makes of a password before it hashes
// (`PHP_PRODUCTS/ipb3password`, over phpBB's own base class in `PHP_PRODUCTS/phpbb`).

namespace phpbb\config {
    // The driver wants one and reads nothing of it.
    class config
    {
    }
}

namespace {
    require __DIR__ . '/products.php';

    spl_autoload_register(function (string $class): void {
        require str_starts_with($class, 'digitalmzx') ? file_of('ipb3password', 'password_ipb3.php') : file_of('phpbb', 'phpBB/' . str_replace('\\', '/', $class) . '.php');
    });

    $config = new phpbb\config\config();
    $driver = new digitalmzx\ipb3password\password_ipb3($config, new phpbb\passwords\driver\helper($config));
    $sanitize = new ReflectionMethod($driver, 'sanitize_ipb3_string');
    $ipb = generated('IP.Board 3 driver for phpBB', '17ba79a', 'GPL-2.0-or-later');

    $tests = [];
    $odd = ['<!-- & --> <ScRiPt> $!', "a\r\nb\n", '<!-->', "&amp; \"it's\" \\ <b>"];
    $passwords = [
        ...chosen(),
        ...array_map(fn ($p) => ['comment' => 'markup and entities', 'flag' => 'Punctuation', 'bytes' => $p, 'json' => ['utf8' => $p]], $odd),
    ];
    foreach ($passwords as $i => $pw) {
        $salt = text_salt($i, 5);
        $hash = md5(md5($salt) . md5($sanitize->invoke(null, $pw['bytes'])));
        // phpBB gives the driver quotes as entities.
        $driver->check(str_replace('"', '&quot;', $pw['bytes']), "\$ipb3\$$hash$salt") || throw new RuntimeException('the driver disagrees');
        $tests[] = row($pw, $hash, ['salt' => $salt]);
    }
    emit('ipb2', $ipb, $tests);
}
