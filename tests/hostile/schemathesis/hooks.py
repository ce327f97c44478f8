"""What a document cannot say of a request that is to be accepted.

A document has no words for "one of these two", "unique", or "a code that is still good". Requests that are right by
their document are given what it leaves unsaid, just before they are sent, so that the check that they are accepted
stays sharp. Requests that are wrong on purpose are sent as they were made.
"""

import itertools
import json
import re
import urllib.error
import urllib.parse
import urllib.request

import schemathesis

NUMBERS = itertools.count(1)
ZIS = "/api/services/zis/connections/"
BEARER = {"Authorization": "Bearer CANARY-zis"}
REDIRECT = "http://localhost/callback"
CURSOR = "eyJvIjoiaWQiLCJ2IjoiODY3ODUzMCJ9"
# Ids of the tokens that requests are made with, by the operation that would take them away.
OWN = {"revoke_support_oauth_token": ("2000",), "revoke_chat_oauth_token": ("3000",)}
# Wide enough for "page" times "per_page" to stay below the 10,000 records at which offset pagination ends.
LAST_PAGE = 90


@schemathesis.hook
def before_call(context, case, kwargs):
    operation = context.operation.definition.raw.get("operationId")
    read_off_urls(case)
    keep_credentials(case, operation)
    meta = case.meta
    if meta is None or meta.generation.mode.is_negative:
        return
    paging(case)
    if operation in RIGHT:
        RIGHT[operation](case)


def read_off_urls(case):
    """An id that schemathesis took from a URL of an answer has the suffix that only ends a path."""
    for name, value in (case.path_parameters or {}).items():
        if isinstance(value, str) and re.fullmatch(r"(\d+|token_summary|current)\.json", value):
            stem = value.removesuffix(".json")
            case.path_parameters[name] = stem if stem.isdigit() else 1


def keep_credentials(case, operation):
    """The tokens that requests are made with stay: others are revoked in their place."""
    if operation == "revoke_current_support_oauth_token":
        for name in case.headers or {}:
            if name.lower() == "authorization" and case.headers[name] == "Bearer CANARY-support":
                case.headers[name] = "Bearer " + token(case)["access_token"]
    for name, value in (case.path_parameters or {}).items():
        if str(value).strip() in OWN.get(operation, ()):
            case.path_parameters[name] = 1


def paging(case):
    query = case.query or {}
    # Documented as exclusive. A cursor is opaque; that of the examples serves on every list.
    if "page[after]" in query:
        query.pop("page[before]", None)
    if "sort" in query:
        query["sort"] = "name" if len(str(query["sort"])) % 2 else "-created_at"
    for name in ("page[after]", "page[before]"):
        if name in query:
            query[name] = CURSOR
            # A cursor is of one order.
            query.pop("sort", None)
    for name in ("page", "per_page", "page[size]"):
        number = query.get(name)
        if isinstance(number, (int, str)) and re.fullmatch(r"-?\d+", str(number)):
            query[name] = abs(int(number)) % LAST_PAGE + 1


def client(case):
    """Identifiers are unique, owners are admins, redirect URIs are https or local."""
    given = inner(case, "client")
    if given is None:
        return
    for name in ("name", "identifier"):
        if name in given:
            given[name] = f"{given[name]}{next(NUMBERS)}".strip()[:60]
    if "user_id" in given:
        given["user_id"] = 29
    if "redirect_uri" in given:
        given["redirect_uri"] = [f"https://example.com/{next(NUMBERS)}" for _ in given["redirect_uri"] or []]
    if "kind" in given:
        given["kind"] = "public" if given["kind"] == "public" else "confidential"


def support_token(case):
    given = inner(case, "token")
    if given is None:
        return
    given["client_id"] = 1001
    if not any(scope.strip() for scope in given.get("scopes", [])):
        given["scopes"] = ["read"]
    lifetimes(given)


def inner(case, name):
    body = case.body
    if isinstance(body, dict) and isinstance(body.get(name), dict):
        return body[name]
    return None


def lifetimes(given):
    """The documented bounds: five minutes to 48 hours, 7 to 90 days."""
    for name, least, most in (("expires_in", 300, 172800), ("refresh_token_expires_in", 604800, 7776000)):
        if name in given:
            given[name] = least + abs(int(given[name])) % (most - least)


def grant(case):
    """A grant that is good: a code, a refresh token or a secret of the seed's client."""
    body = case.body
    if not isinstance(body, dict):
        return
    body.update(client_id="first", client_secret="CANARY-client-secret", scope="read write")
    body.pop("code_verifier", None)
    lifetimes(body)
    kind = body.get("grant_type")
    if kind == "authorization_code":
        body.update(code=code(case), redirect_uri=REDIRECT)
        return
    for name in ("code", "redirect_uri"):
        body.pop(name, None)
    if kind == "refresh_token":
        body["refresh_token"] = token(case)["refresh_token"]
    else:
        body["grant_type"] = "client_credentials"


def zis_token(case):
    grant(case)
    if isinstance(case.body, dict) and case.body["grant_type"] == "refresh_token":
        case.body["grant_type"] = "client_credentials"


def start(case):
    """Names have 3 to 64 letters, and the client is named once."""
    body = case.body
    if not isinstance(body, dict):
        return
    body["name"] = f"connection_{next(NUMBERS)}"
    body.pop("oauth_client_uuid", None)
    is_own = body.get("grant_type") == "client_credentials"
    body["oauth_client_name"] = "my_credentials" if is_own else "my_oauth_client"
    if "grant_type" in body and not is_own:
        body["grant_type"] = "authorization_code"
    if "oauth_url_subdomain" in body:
        # It becomes a label of a host.
        body["oauth_url_subdomain"] = "foobar"
    if "permission_scopes" in body:
        body["permission_scopes"] = "read write"
    if "origin_oauth_redirect_url" in body:
        body["origin_oauth_redirect_url"] = "https://example.com/done"


def flow_token(case):
    case.query["flow_token"] = flow(case, "my_oauth_client")["flow_token"][0]


def verification_code(case):
    case.query["verification_code"] = flow(case, "my_credentials")["verification_code"][0]


def one_connection(case):
    """Either the name or the UUID."""
    case.query.pop("uuid", None)
    case.query["name"] = "my_connection"


def renewable_connection(case):
    """A connection with a refresh token: one that a person agreed to, with access while that person is away."""
    name = f"renewable_{next(NUMBERS)}"
    url = flow_url(case, name, "my_oauth_client", allow_offline_access=True, origin_oauth_redirect_url=REDIRECT)
    while "verification_code" not in query_of(url):
        url = ask(case, url, None).headers["Location"]
    query = urllib.parse.urlencode({"verification_code": query_of(url)["verification_code"][0]})
    ask(case, f"{ZIS}oauth/access_codes/my_integration?{query}", None, **BEARER)
    case.query.pop("uuid", None)
    case.query["name"] = name


def flow(case, client_name):
    """The query of the URL at which a new flow goes on: its token, or its code where nobody is asked."""
    return query_of(flow_url(case, f"flow_{next(NUMBERS)}", client_name))


def flow_url(case, name, client_name, **more):
    body = dict(more, name=name, oauth_client_name=client_name)
    return json.load(ask(case, ZIS + "oauth/start/my_integration", body, **BEARER))["redirect_url"]


def token(case):
    """A token, with a refresh token."""
    body = {"grant_type": "authorization_code", "client_id": "first", "client_secret": "CANARY-client-secret"}
    body.update(code=code(case), redirect_uri=REDIRECT, scope="read write", expires_in=1800)
    return json.load(ask(case, "/oauth/tokens", body))


def code(case):
    """An authorization code. Whoever is signed in agrees at once, by the seed."""
    query = {"response_type": "code", "client_id": "first", "redirect_uri": REDIRECT, "scope": "read write"}
    path = "/oauth/authorizations/new?" + urllib.parse.urlencode(query)
    answer = ask(case, path, None, Cookie="_zendesk_session=CANARY-session")
    return query_of(answer.headers["Location"])["code"][0]


def query_of(url):
    return urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


OPENER = urllib.request.build_opener(NoRedirect, urllib.request.ProxyHandler({}))


def ask(case, path, body, **headers):
    origin = urllib.parse.urlsplit(case.operation.base_url)
    data = None if body is None else json.dumps(body).encode()
    headers["Content-Type"] = "application/json"
    url = urllib.parse.urljoin(f"{origin.scheme}://{origin.netloc}", path)
    request = urllib.request.Request(url, data, headers)
    try:
        return OPENER.open(request, timeout=10)
    except urllib.error.HTTPError as answer:
        if 300 <= answer.code < 400:
            return answer
        raise RuntimeError(f"{path} answers {answer.code}: {answer.read()!r}") from None


RIGHT = {
    "create_oauth_client": client,
    "update_oauth_client": client,
    "create_support_oauth_token": support_token,
    "create_token_for_grant_type": grant,
    "create_zis_oauth_token": zis_token,
    "start_oauth_flow": start,
    "start_oauth_redirect": flow_token,
    "exchange_verification_code": verification_code,
    "refresh_oauth_token": renewable_connection,
    "show_oauth_connection": one_connection,
}
