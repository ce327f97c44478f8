# OAuth tokens of a Chat account.

require_relative 'steps'

class Chat
  OTHER_TOKEN = 39
  STEPS = %i[list revoke].freeze

  def initialize
    @api = ZendeskOAuth::ChatOAuthTokensApi.new(client('ZENDESK_CHAT_TOKEN'))
  end

  def list
    tokens = @api.list_chat_oauth_tokens
    expect 'ids', tokens.map(&:id).sort, [38, OTHER_TOKEN]
    ensure_that 'each token has scopes', tokens.none? { |token| token.scopes.to_s.empty? }
  end

  def revoke
    _, status, = @api.revoke_chat_oauth_token_with_http_info(OTHER_TOKEN)
    expect 'status', status, 204
    expect 'ids', @api.list_chat_oauth_tokens.map(&:id), [38]
  end
end
