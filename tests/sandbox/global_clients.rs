//! `/api/v2/oauth/global_clients`.

use reqwest::Method;
use serde_json::json;

use crate::oauth::with;
use crate::zendesk::answered;

#[tokio::test]
async fn global_clients_are_listed_shown_and_summed_up() {
    let zendesk = with("consent", "approve").await;
    let list = "/api/v2/oauth/global_clients";
    let client = json!({
        "company": "Zendesk", "description": "Stats Widget Global Client", "id": 223_443,
        "identifier": "zdg-stats_widget", "kind": "public", "logo_url": "https://example.com/logo",
        "name": "Stats Widget",
    });
    let listed = zendesk.get(list).await.json();
    assert_eq!(
        (&listed["global_clients"][0], &listed["count"]),
        (&client, &json!(1))
    );
    let shown = zendesk.get(&format!("{list}/223443.json")).await.json();
    assert_eq!(shown, json!({ "global_client": client }));
    assert_eq!(zendesk.get(&format!("{list}/1")).await.status, 404);
    let paged = zendesk
        .get(&format!("{list}?page[size]=1&sort=name"))
        .await
        .json();
    assert_eq!(paged["meta"]["has_more"], false);
    let summary = format!("{list}/token_summary");
    let none = json!([{ "id": 223_443, "last_used_at": null, "tokens_count": 0 }]);
    assert_eq!(zendesk.get(&summary).await.json()["global_clients"], none);
    let other = zendesk
        .get(&format!("{summary}?global_client_id=1"))
        .await
        .json();
    assert_eq!(
        (&other["global_clients"], &other["count"]),
        (&json!([]), &json!(0))
    );
    assert_eq!(
        zendesk
            .get(&format!("{summary}?global_client_id=x"))
            .await
            .status,
        400
    );
    let credentials = zendesk.credentials();
    let agent = &credentials.agent_token;
    assert_eq!(
        answered(zendesk.request(Method::GET, &summary).bearer_auth(agent))
            .await
            .status,
        403
    );
}
