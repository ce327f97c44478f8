# What the areas share: the client, and the line that each step prints.

require 'zendesk_oauth'

# For a document with a cookie among its credentials, as ZIS has, the generated `auth_settings` ends in a NameError
# (OpenAPITools/openapi-generator issue 6959). This gives the bearer token alone, by whatever name it is asked for.
class BearerConfiguration < ZendeskOAuth::Configuration
  def auth_settings
    Hash.new({ type: 'bearer', in: 'header', key: 'Authorization', value: "Bearer #{access_token}" })
  end

  def self.needed?
    ZendeskOAuth::Configuration.new.auth_settings
    false
  rescue NameError
    true
  end
end

# A client of the account at ZENDESK_URL, with the token from that environment variable.
def client(token, kind = ZendeskOAuth::ApiClient, configuration = nil)
  configuration ||= BearerConfiguration.needed? ? BearerConfiguration : ZendeskOAuth::Configuration
  # The base path stays that of the document: Chat has one.
  kind.new(configuration.new do |config|
    config.scheme, config.host = ENV.fetch('ZENDESK_URL').split('://')
    config.access_token = ENV.fetch(token)
  end)
end

# Raised with a text that has no secret.
class Unexpected < StandardError; end

# Compares two values that may be printed.
def expect(what, came, expected)
  raise Unexpected, "#{what} should be #{expected.inspect}, but is #{came.inspect}" unless came == expected
end

# For values that must not be printed.
def ensure_that(expected, holds)
  raise Unexpected, "#{expected}; that is not so" unless holds
end

# The error that the block should end in.
def error_of
  yield
rescue ZendeskOAuth::ApiError => e
  e
else
  raise Unexpected, 'an error was expected, and a success came'
end

# Runs the steps of an area in order and says whether all passed.
def run(area, steps)
  steps.map { |step| passed?(area, step) }.all?
end

def passed?(area, step)
  name = step.to_s.tr('_', '-')
  area.public_send(step)
  puts "pass #{name}"
  true
rescue StandardError => e
  puts "fail #{name}: #{reason(e)}"
  false
end

# Why a step failed. The text of an ApiError has the headers and the body, and that of a NameError the token: neither
# is for print.
def reason(error)
  case error
  when Unexpected then error.message
  when ZendeskOAuth::ApiError then "a success was expected, and #{error.code} came"
  when NameError then "#{error.name} is not there"
  else "#{error.class} was raised"
  end
end

# Says that a step was done by other means, because the client cannot express it.
def limit(step, id)
  puts "limit #{step}: #{id}"
end
