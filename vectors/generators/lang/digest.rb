# Ruby's Digest and OpenSSL over the formulas of the formats that are a bare expression: names by pattern.
require 'digest'
require 'json'
require 'openssl'

require_relative 'passwords'

RUBY = { name: 'Ruby Digest and OpenSSL', version: RUBY_VERSION, path: 'vectors/generators/lang/digest.rb', license: 'Ruby',
         method: 'generated' }.freeze

def salt_at(index)
  Digest::SHA256.hexdigest("digestry digest.rb #{index}")[0, [6, 16, 40][index % 3]]
end

def hx(name, data)
  OpenSSL::Digest.hexdigest(name, data)
end

{ 'hex_md5' => 'MD5', 'hex_sha1' => 'SHA1', 'hex_sha224' => 'SHA224', 'hex_sha256' => 'SHA256', 'hex_sha384' => 'SHA384',
  'hex_sha512' => 'SHA512', 'sha3_256' => 'SHA3-256', 'sha3_512' => 'SHA3-512' }.each do |name, algorithm|
  emit(name, RUBY, LIST.map { |pw| vector(pw, hx(algorithm, pw.bytes)) })
end
%w[sha1 sha256 sha512].each do |name|
  emit("#{name}_utf16le", RUBY, LIST.map do |pw|
    vector(pw, hx(name, pw.bytes.dup.force_encoding('UTF-8').encode('UTF-16LE').b))
  end)
end
[%w[md5 md5], %w[md5 sha1], %w[sha1 md5], %w[sha1 sha1], %w[sha256 md5]].each do |outer, inner|
  emit("#{outer}_#{inner}", RUBY, LIST.map { |pw| vector(pw, hx(outer, hx(inner, pw.bytes))) })
end
%w[md5 sha1 sha256 sha384 sha512].each do |name|
  salts = LIST.each_index.map { |index| salt_at(index) }
  emit("#{name}_pass_salt", RUBY, LIST.zip(salts).map { |pw, s| vector(pw, hx(name, pw.bytes + s), with: { salt: s }) })
  emit("#{name}_salt_pass", RUBY, LIST.zip(salts).map { |pw, s| vector(pw, hx(name, s + pw.bytes), with: { salt: s }) })
  next if name == 'sha384'

  emit("hmac_#{name}_key_pass", RUBY, LIST.zip(salts).map do |pw, s|
    vector(pw, OpenSSL::HMAC.hexdigest(name, pw.bytes, s), with: { salt: s })
  end)
  emit("hmac_#{name}_key_salt", RUBY, LIST.zip(salts).map do |pw, s|
    vector(pw, OpenSSL::HMAC.hexdigest(name, s, pw.bytes), with: { salt: s })
  end)
end
emit('sha512_iterated', RUBY, LIST.each_with_index.map do |pw, i|
  data = pw.bytes
  (i * 3 + 1).times { data = Digest::SHA512.hexdigest(data) }
  vector(pw, data, with: { params: { iterations: i * 3 + 1 } })
end)
