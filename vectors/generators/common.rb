# frozen_string_literal: true

# What the Ruby generators share: the edge passwords, fixed salts, and how a group is printed.
require 'digest'
require 'json'

ALPHABET = [*'A'..'Z', *'a'..'z', *'0'..'9'].freeze

def passwords
  JSON.parse(File.read(File.join(__dir__, 'passwords.json'), encoding: 'UTF-8'), symbolize_names: true).map do |row|
    if (repeat = row[:repeat])
      row[:utf8] = (repeat[:text] * repeat[:bytes])[0, repeat[:bytes]]
    end
    row[:json] = row[:utf8] ? { utf8: row[:utf8] } : { hex: row[:hex] }
    row[:bytes] = row[:utf8] || [row[:hex]].pack('H*')
    row
  end
end

def without_nul
  passwords.reject { |password| password[:bytes].b.include?("\0".b) }
end

# Salts are fixed, so that a second run writes the same file; each generator has its own.
def text_salt(index, length)
  label = "digestry #{File.basename($PROGRAM_NAME)} #{index}"
  Digest::SHA512.digest(label).bytes.first(length).map { |byte| ALPHABET[byte % 62] }.join
end

# 22 characters; the last carries only 2 bits of salt, hence one of four.
def bcrypt_salt(index)
  text_salt(index, 21) + '.Oeu'[index % 4]
end

def test(password, digest, *flags, comment: nil)
  {
    id: password[:id],
    comment: [password[:comment], comment].compact.join(', '),
    flags: [password[:flag], *flags].uniq,
    password: password[:json],
    digest: digest,
    expect: 'match'
  }
end

def emit(hasher, name, version, license, tests)
  path = "vectors/generators/#{File.basename($PROGRAM_NAME)}"
  source = { name: name, version: version, path: path, license: license, method: 'generated' }
  puts JSON.generate({ hasher: hasher, source: source, tests: tests })
end
