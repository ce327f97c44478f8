# OAuth clients of a Support account.

require 'json'
require_relative 'steps'

class Support
  NO_CLIENT = 9_007_199_254_740_993
  NEW_NAME = 'Scenario, renamed'.freeze
  STEPS = %i[
    create secret_once list_pages update generate_secret not_found unprocessable too_many_requests delete
  ].freeze

  def initialize
    @api = ZendeskOAuth::SupportOAuthClientsApi.new(
      client('ZENDESK_TOKEN', ZendeskOAuth::ApiClient, BearerConfiguration)
    )
  end

  # Whether a client with a token alone sends basic authentication instead, without a user.
  def last_credential_wins?
    return false if BearerConfiguration.needed?

    ZendeskOAuth::SupportOAuthClientsApi.new(client('ZENDESK_TOKEN')).list_oauth_clients
    false
  rescue ZendeskOAuth::ApiError => e
    e.code == 401
  end

  def create
    body = ZendeskOAuth::CreateOAuthClientRequest.new(
      client: ZendeskOAuth::CreateOAuthClient.new(name: 'Scenario', identifier: 'scenario', kind: 'confidential')
    )
    answer, status, headers = @api.create_oauth_client_with_http_info(body)
    @created = answer.client
    expect 'status', status, 201
    ensure_that 'the answer has a Location', headers['Location']
    expect 'kind', @created.kind, 'confidential'
    expect 'identifier', @created.identifier, 'scenario'
    ensure_that 'the id is a positive 64-bit integer', @created.id.between?(1, 2**63 - 1)
    limit 'create', 'ruby-last-credential' if last_credential_wins?
  end

  def secret_once
    ensure_that 'create gives the whole secret', whole?(@created.secret)
    shown = show.secret
    ensure_that 'show gives the secret truncated', shown.end_with?('...') && shown != @created.secret
  end

  def list_pages
    pages = all_pages
    expect 'clients on each page', pages.map { |page| page.clients.size }, [2, 2, 1]
    expect 'has_more', pages.map { |page| page.meta.has_more }, [true, true, false]
    ids = pages.flat_map { |page| page.clients.map(&:id) }
    expect 'different ids', ids.uniq.size, 5
    ensure_that 'the new client is among them', ids.include?(@created.id)
  end

  def update
    body = ZendeskOAuth::UpdateOAuthClientRequest.new(client: ZendeskOAuth::UpdateOAuthClient.new(name: NEW_NAME))
    expect 'name', @api.update_oauth_client(@created.id, body).client.name, NEW_NAME
    expect 'name, shown', show.name, NEW_NAME
  end

  def generate_secret
    secret = @api.generate_oauth_client_secret(@created.id).client.secret
    ensure_that 'another whole secret is given', whole?(secret) && secret != @created.secret
  end

  def not_found
    error = error_of { @api.show_oauth_client(NO_CLIENT) }
    expect 'status', error.code, 404
    expect 'error', JSON.parse(error.response_body)['error'], 'RecordNotFound'
  end

  def unprocessable
    body = ZendeskOAuth::CreateOAuthClientRequest.new(
      client: ZendeskOAuth::CreateOAuthClient.new(name: 'Scenario', identifier: 'first')
    )
    error = error_of { @api.create_oauth_client(body) }
    expect 'status', error.code, 422
    expect 'error', JSON.parse(error.response_body)['error'], 'RecordInvalid'
  end

  def too_many_requests
    error = error_of { @api.list_my_oauth_clients }
    expect 'status', error.code, 429
    expect 'Retry-After', error.response_headers['Retry-After'], '7'
  end

  def delete
    _, status, = @api.delete_oauth_client_with_http_info(@created.id)
    expect 'status', status, 204
    expect 'status after that', error_of { show }.code, 404
  end

  private

  def show
    @api.show_oauth_client(@created.id).client
  end

  # Follows the cursors to the last page; four pages are enough to see one too many.
  def all_pages
    pages = [@api.list_oauth_clients(page_size: 2)]
    while pages.last.meta.has_more && pages.size < 4
      pages << @api.list_oauth_clients(page_size: 2, page_after: pages.last.meta.after_cursor)
    end
    pages
  end

  def whole?(secret)
    secret.length > 20 && !secret.include?('...')
  end
end
