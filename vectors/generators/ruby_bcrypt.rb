# frozen_string_literal: true

# bcrypt-ruby (crypt_blowfish). It raises on a NUL and cuts at 72 bytes; $2a$ gets no 0xff, see libxcrypt_.py.
require 'bcrypt'
require_relative 'common'

VERSION = `dpkg-query -W -f '${Version}' ruby-bcrypt`

emit('bcrypt', 'bcrypt-ruby', VERSION, 'MIT', without_nul.reject { |pw| pw[:bytes].b.include?("\xff".b) || pw[:id] == 'len4096' }
  .each_with_index.map do |pw, i|
    test(pw, BCrypt::Engine.hash_secret(pw[:bytes], "$2a$04$#{bcrypt_salt(400 + i)}"))
  end)
