// Go's standard library and golang.org/x/crypto over the formulas of products written in Go. Same lines in and out as
// Jvm.java.
package main

import (
	"bufio"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"os"
	"runtime"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/md4"
	"golang.org/x/crypto/pbkdf2"
	"golang.org/x/crypto/scrypt"
	"golang.org/x/crypto/sha3"
)

type with map[string]any

var names, passwords []string

func salt(index, length int) []byte {
	sum := sha512.Sum512([]byte(fmt.Sprintf("digestry gocrypto.go %d", index)))
	return sum[:length]
}

func emit(hasher string, make func(password []byte, index int) (string, with)) {
	for index, password := range passwords {
		digest, companions := make([]byte(password), index)
		more := ""
		if companions != nil {
			text, _ := json.Marshal(companions)
			more = string(text)
		}
		fmt.Println(strings.Join([]string{hasher, "Go and x/crypto", runtime.Version(), "BSD-3-Clause", names[index], digest, more}, "\t"))
	}
}

var (
	x    = hex.EncodeToString
	b64  = base64.StdEncoding.EncodeToString
	b64n = base64.RawStdEncoding.EncodeToString
)

func sum(new func() hash.Hash, data []byte) []byte {
	h := new()
	h.Write(data)
	return h.Sum(nil)
}

func mac(new func() hash.Hash, key, data []byte) []byte {
	h := hmac.New(new, key)
	h.Write(data)
	return h.Sum(nil)
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		parts := strings.SplitN(lines.Text(), "\t", 2)
		password, _ := hex.DecodeString(parts[1])
		names, passwords = append(names, parts[0]), append(passwords, string(password))
	}
	emit("gitea_pbkdf2", func(p []byte, i int) (string, with) {
		rounds := 40 + i
		algorithm := fmt.Sprintf("pbkdf2$%d$50", rounds)
		if i%3 == 1 {
			algorithm, rounds = "pbkdf2", 10000
		}
		text := x(salt(i, 16))
		bytes := salt(i, 16)
		if i%4 == 3 {
			text = text[:10]
			bytes = []byte(text)
		}
		return x(pbkdf2.Key(p, bytes, rounds, 50, sha256.New)), with{"salt": text, "params": with{"algorithm": algorithm}}
	})
	emit("gitea_scrypt", func(p []byte, i int) (string, with) {
		key, _ := scrypt.Key(p, salt(i, 16), 16<<(i%3), 16, 2, 50)
		return x(key), with{"salt": x(salt(i, 16)), "params": with{"algorithm": fmt.Sprintf("scrypt$%d$16$2$50", 16<<(i%3))}}
	})
	emit("gitea_argon2", func(p []byte, i int) (string, with) {
		key := argon2.IDKey(p, salt(i, 16), 2, uint32(64<<(i%2)), 8, 50)
		return x(key), with{"salt": x(salt(i, 16)), "params": with{"algorithm": fmt.Sprintf("argon2$2$%d$8$50", 64<<(i%2))}}
	})
	emit("grafana", func(p []byte, i int) (string, with) {
		text := x(salt(i, 5))
		return x(pbkdf2.Key(p, []byte(text), 10000, 50, sha256.New)), with{"salt": text}
	})
	emit("gogs_pbkdf2", func(p []byte, i int) (string, with) {
		text := x(salt(i, 5))
		return x(pbkdf2.Key(p, []byte(text), 10000, 50, sha256.New)), with{"salt": text}
	})
	emit("mattermost_pbkdf2", func(p []byte, i int) (string, with) {
		length := []int{32, 64}[i%2]
		return fmt.Sprintf("$pbkdf2$f=SHA256,w=%d,l=%d$%s$%s", 10+i, length, b64n(salt(i, 16)),
			b64n(pbkdf2.Key(p, salt(i, 16), 10+i, length, sha256.New))), nil
	})
	prfs := []struct {
		name string
		new  func() hash.Hash
	}{{"sha1", sha1.New}, {"sha224", sha3.New224}, {"sha256", sha256.New}, {"sha384", sha3.New384}, {"sha512", sha512.New}}
	emit("kratos_pbkdf2", func(p []byte, i int) (string, with) {
		prf := prfs[i%5]
		return fmt.Sprintf("$pbkdf2-%s$i=%d,l=32$%s$%s", prf.name, 10+i, b64n(salt(i, 16)), b64n(pbkdf2.Key(p, salt(i, 16), 10+i, 32, prf.new))), nil
	})
	real := []struct {
		name string
		new  func() hash.Hash
	}{{"sha1", sha1.New}, {"sha224", sha256.New224}, {"sha256", sha256.New}, {"sha384", sha512.New384}, {"sha512", sha512.New}}
	emit("phc_pbkdf2", func(p []byte, i int) (string, with) {
		prf := real[i%5]
		size := ",l=32"
		if i%2 == 1 {
			size = ""
		}
		length := 32
		if size == "" {
			length = prf.new().Size()
		}
		return fmt.Sprintf("$pbkdf2-%s$i=%d%s$%s$%s", prf.name, 10+i, size, b64n(salt(i, 16)), b64n(pbkdf2.Key(p, salt(i, 16), 10+i, length, prf.new))), nil
	})
	emit("kratos_scrypt", func(p []byte, i int) (string, with) {
		n := 64 << (i % 3)
		key, _ := scrypt.Key(p, salt(i, 32), n, 8, 1, 32)
		return fmt.Sprintf("$scrypt$ln=%d,r=8,p=1$%s$%s", n, b64(salt(i, 32)), b64(key)), nil
	})
	hashes := []struct {
		name string
		new  func() hash.Hash
	}{{"md5", md5.New}, {"sha1", sha1.New}, {"sha256", sha256.New}, {"sha512", sha512.New}}
	templates := []string{"{SALT}{PASSWORD}", "{PASSWORD}{SALT}", "--{SALT}$${PASSWORD}--"}
	for _, name := range []string{"kratos_md5", "kratos_sha"} {
		emit(name, func(p []byte, i int) (string, with) {
			h := hashes[0]
			if name == "kratos_sha" {
				h = hashes[1+i%3]
			}
			template := templates[i%3]
			if name == "kratos_md5" && i%4 == 3 {
				return fmt.Sprintf("$md5$%s", b64(sum(h.new, p))), nil
			}
			s := salt(i, 9)
			text := strings.ReplaceAll(strings.ReplaceAll(template, "{SALT}", x(s)), "{PASSWORD}", string(p))
			return fmt.Sprintf("$%s$pf=%s$%s$%s", h.name, b64([]byte(template)), b64([]byte(x(s))), b64(sum(h.new, []byte(text)))), nil
		})
	}
	macs := []struct {
		name string
		new  func() hash.Hash
	}{{"md4", md4.New}, {"md5", md5.New}, {"sha1", sha1.New}, {"sha224", sha256.New224}, {"sha256", sha256.New}, {"sha384", sha512.New384}, {"sha512", sha512.New}}
	emit("kratos_hmac", func(p []byte, i int) (string, with) {
		m := macs[i%7]
		return fmt.Sprintf("$hmac-%s$%s$%s", m.name, b64([]byte(x(mac(m.new, salt(i, 12), p)))), b64(salt(i, 12))), nil
	})
	emit("passwap_md5salted", func(p []byte, i int) (string, with) {
		text := b64(salt(i, 6))
		if i%2 == 0 {
			return "$md5salted-prefix$" + text + "$" + b64(sum(md5.New, append([]byte(text), p...))), nil
		}
		return "$md5salted-suffix$" + text + "$" + b64(sum(md5.New, append(append([]byte{}, p...), text...))), nil
	})
	emit("scrypt_hashcat", func(p []byte, i int) (string, with) {
		key, _ := scrypt.Key(p, salt(i, 8), 16<<(i%3), 8, 1+i%2, 32)
		return fmt.Sprintf("SCRYPT:%d:8:%d:%s:%s", 16<<(i%3), 1+i%2, b64(salt(i, 8)), b64(key)), nil
	})
	emit("pbkdf2_hashcat", func(p []byte, i int) (string, with) {
		prf := []int{0, 2, 4, -1}[i%4]
		name, new := "md5", md5.New
		if prf >= 0 {
			name, new = real[prf].name, real[prf].new
		}
		return fmt.Sprintf("%s:%d:%s:%s", name, 10+i, b64(salt(i, 8)), b64(pbkdf2.Key(p, salt(i, 8), 10+i, 20+i, new))), nil
	})
	emit("pbkdf2_b64_columns", func(p []byte, i int) (string, with) {
		prf := real[[]int{0, 2, 4}[i%3]]
		length := []int{32, 20, 64}[i%3]
		return b64(pbkdf2.Key(p, salt(i, 16), 10+i, length, prf.new)), with{"salt": b64(salt(i, 16)), "params": with{"algorithm": prf.name, "iterations": 10 + i}}
	})
	emit("stytch_scrypt", func(p []byte, i int) (string, with) {
		text := b64(salt(i, 22))
		url := strings.NewReplacer("+", "-", "/", "_").Replace(text)
		key, _ := scrypt.Key(p, []byte(url), 32768, 8, 1, 32)
		return b64(key), with{"salt": text}
	})
	emit("passlib_scrypt", func(p []byte, i int) (string, with) {
		key, _ := scrypt.Key(p, salt(i, 16), 16<<(i%3), 8, 1, 32)
		return fmt.Sprintf("$scrypt$ln=%d,r=8,p=1$%s$%s", 4+i%3, b64n(salt(i, 16)), b64n(key)), nil
	})
	emit("adonis_scrypt", func(p []byte, i int) (string, with) {
		key, _ := scrypt.Key(p, salt(i, 16), 16<<(i%3), 8, 1, 64)
		return fmt.Sprintf("$scrypt$n=%d,r=8,p=1$%s$%s", 16<<(i%3), b64n(salt(i, 16)), b64n(key)), nil
	})
	emit("lucia_scrypt", func(p []byte, i int) (string, with) {
		text := x(salt(i, 16))
		if i > 5 {
			text = x(salt(i, 8))
		}
		if names[i] == "emoji" || names[i] == "nfc" || names[i] == "nfd" || names[i] == "spaces" {
			p = []byte("password without anything that NFKC changes")
			return "", nil
		}
		key, _ := scrypt.Key(p, []byte(text), 16384, 16, 1, 64)
		return text + ":" + x(key), nil
	})
	emit("spring_scrypt", func(p []byte, i int) (string, with) {
		key, _ := scrypt.Key(p, salt(i, 16), 32, 8, 1, 32)
		return fmt.Sprintf("$%x$%s$%s", 5<<16|8<<8|1, b64(salt(i, 16)), b64(key)), nil
	})
}
