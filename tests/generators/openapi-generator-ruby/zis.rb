# OAuth connections of a ZIS integration.

require 'net/http'
require_relative 'steps'

# The generated client follows every redirect: its own option `follow_location` has no effect when it is false.
class WithoutRedirects < ZendeskOAuth::ApiClient
  def build_request(...)
    super.tap { |request| request.options[:followlocation] = false }
  end
end

class Zis
  INTEGRATION = 'my_integration'.freeze
  CONNECTION = 'scenario_connection'.freeze
  ORIGIN = 'https://client.int/callback'.freeze
  STEPS = %i[start redirect exchange show refresh].freeze

  def initialize
    @api = ZendeskOAuth::ZISOAuthConnectionsApi.new(client('ZENDESK_ZIS_TOKEN'))
  end

  def start
    limit 'start', 'ruby-cookie-credentials' if BearerConfiguration.needed?
    flow = ZendeskOAuth::StartOAuthFlowRequest.new(
      name: CONNECTION,
      oauth_client_name: 'my_oauth_client',
      allow_offline_access: true, # for the refresh token
      origin_oauth_redirect_url: ORIGIN
    )
    @redirect_url = @api.start_oauth_flow(INTEGRATION, flow).redirect_url
    ensure_that 'the redirect_url has a flow_token', in_query(@redirect_url, 'flow_token')
  end

  def redirect
    limit 'redirect', 'ruby-follows-redirects' if follows_redirects?
    api = ZendeskOAuth::ZISOAuthConnectionsApi.new(client('ZENDESK_ZIS_TOKEN', WithoutRedirects))
    # Whatever is not 2xx is an error to the client.
    answer = error_of { api.start_oauth_redirect(in_query(@redirect_url, 'flow_token')) }
    expect 'status', answer.code, 307
    @location = answer.response_headers['Location']
    ensure_that 'the answer has a Location', @location
  end

  def exchange
    code = in_query(browse(@location), 'verification_code')
    @connection = @api.exchange_verification_code(INTEGRATION, code)
    ensure_that 'the connection has an access_token', @connection.access_token
  end

  def show
    shown = @api.show_oauth_connection(INTEGRATION, name: CONNECTION)
    ensure_that 'the connection has a UUID', shown.uuid
    expect 'UUID', shown.uuid, @connection.uuid
  end

  def refresh
    refreshed = @api.refresh_oauth_token(INTEGRATION, uuid: @connection.uuid)
    ensure_that 'another access_token is given',
                refreshed.access_token && refreshed.access_token != @connection.access_token
  end

  private

  # Whether the client would follow a redirect although it is told not to.
  def follows_redirects?
    request = @api.api_client.build_request(:GET, '/', follow_location: false)
    request.options[:followlocation]
  end

  # The browser's part: goes from page to page until one redirects to the integration's own callback.
  def browse(url)
    10.times do
      return url if url.start_with?(ORIGIN)

      url = URI.join(url, Net::HTTP.get_response(URI(url))['Location']).to_s
    end
    raise Unexpected, 'the callback was expected within 10 redirects, and did not come'
  end

  def in_query(url, name)
    URI.decode_www_form(URI(url).query).to_h[name]
  end
end
