# Redmine's User.hash_password and its use (`PHP_PRODUCTS/redmine`), whose digests PunBB's are too.

require 'digest/sha1'
require 'json'

source = File.read("#{ENV.fetch('PHP_PRODUCTS')}/redmine/app/models/user.rb")
# The two methods that hash; the class itself needs Rails.
hash_password = source[/^    def hash_password.*?^    end$/m]
salt_password = source[/^  def salt_password.*?^  end$/m].sub(/^ +self.passwd_changed_on.*\n/, '')

class User
  attr_accessor :salt, :hashed_password

  class << self
    attr_accessor :generate_salt
  end
end
User.singleton_class.class_eval(hash_password)
User.class_eval(salt_password)

IDS = %w[typical mixed-case empty one len55 len64 len73 len129 nfc emoji spaces quotes separators nul-inside latin1].freeze
rows = JSON.parse(File.read(File.expand_path('../passwords.json', __dir__))).to_h { |row| [row['id'], row] }
tests = IDS.each_with_index.map do |id, i|
  row = rows.fetch(id)
  repeat = row['repeat']
  utf8 = repeat ? (repeat['text'] * repeat['bytes'])[0, repeat['bytes']] : row['utf8']
  user = User.new
  User.generate_salt = Digest::SHA256.hexdigest("digestry redmine #{i}")[0, 32]
  user.salt_password(utf8 || [row['hex']].pack('H*'))
  {
    comment: row['comment'], flags: [row['flag']], password: utf8 ? { utf8: utf8 } : { hex: row['hex'] },
    digest: user.hashed_password, with: { salt: user.salt }, expect: 'match'
  }
end
group = { name: 'Redmine', version: '7.0 dev (890812e49)', path: 'vectors/generators/php/redmine.rb', license: 'GPL-2.0-only', method: 'generated' }
puts JSON.generate(hasher: 'redmine', source: group, tests: tests)
