use access_token::{Recipient, user_id};
use serde_json::{Value, json};
use web_origin::Origin;

use crate::{APP, ISSUER, NOW, issuer, keys, payload, secret, signed, verify, with};

#[test]
fn a_token_of_each_algorithm_names_the_user_that_issuer_and_subject_make() {
    for header in [
        json!({"alg": "EdDSA", "kid": "ed"}),
        json!({"alg": "ES256", "kid": "es", "typ": "JWT"}),
        json!({"alg": "RS256", "kid": "rs", "typ": "at+jwt"}),
        json!({"alg": "RS256", "kid": "rs", "typ": "application/at+jwt", "x5t": "unused"}),
        json!({"alg": "HS256"}),
    ] {
        let claims = verify(&issuer().with_secret(Some(secret())), &signed(&header, &payload())).unwrap();
        assert_eq!(claims.sub, user_id(ISSUER, "ann"), "{header}");
        assert_eq!(claims.scope, "tasks:read");
    }
}

#[test]
fn a_token_that_names_no_key_is_good_by_any_of_its_algorithm() {
    for algorithm in ["EdDSA", "ES256", "RS256"] {
        assert!(verify(&issuer(), &signed(&json!({ "alg": algorithm }), &payload())).is_ok(), "{algorithm}");
    }
}

#[test]
fn a_token_is_for_the_app_for_the_part_that_asks_or_for_the_audience_that_the_operator_says() {
    let app = Origin::new(APP).unwrap();
    let mcp = format!("{APP}/mcp");
    let part = Recipient::part(&app, &mcp);
    let of = |audience: Value| signed(&json!({"alg": "EdDSA", "kid": "ed"}), &with("aud", audience));
    let good = |issuer: &access_token::Issuer, token: &str| issuer.verify(&keys(), token, &part, NOW).is_ok();
    for audience in [json!(APP), json!(mcp), json!(["account", mcp])] {
        assert!(good(&issuer(), &of(audience.clone())), "{audience}");
        assert!(!good(&issuer().for_audience(Some("todo".to_owned())), &of(audience)));
    }
    assert!(good(&issuer().for_audience(Some("todo".to_owned())), &of(json!(["account", "todo"]))));
}

#[test]
fn what_a_token_allows_is_read_as_issuers_write_it_and_else_what_the_operator_says() {
    let issuer = issuer().allowing("tasks:read chat".to_owned());
    for (name, value, scope) in [
        ("scope", json!("openid tasks:write"), "openid tasks:write"),
        ("scope", json!(["tasks:read", "chat"]), "tasks:read chat"),
        ("scope", json!(""), ""),
        ("scope", Value::Null, "tasks:read chat"),
    ] {
        let token = signed(&json!({"alg": "EdDSA", "kid": "ed"}), &with(name, value.clone()));
        assert_eq!(verify(&issuer, &token).unwrap().scope, scope, "{value}");
    }
    let mut payload = with("scp", json!(["tasks:delete"]));
    payload.as_object_mut().unwrap().remove("scope");
    let token = signed(&json!({"alg": "EdDSA", "kid": "ed"}), &payload);
    assert_eq!(verify(&issuer, &token).unwrap().scope, "tasks:delete");
}

#[test]
fn what_tells_of_a_person_is_passed_on_where_it_is_a_plain_short_text() {
    let mut payload = payload();
    payload["email"] = json!("ann@example.org");
    payload["name"] = json!("x".repeat(300));
    payload["zoneinfo"] = json!("Europe/Berlin");
    let header = json!({"alg": "EdDSA", "kid": "ed"});
    let claims = verify(&issuer(), &signed(&header, &payload)).unwrap();
    assert_eq!(claims.email.as_deref(), Some("ann@example.org"));
    assert_eq!((claims.name, claims.zoneinfo.as_deref()), (None, Some("Europe/Berlin")));
    payload["email"] = json!("ann@example.org\nevil");
    assert_eq!(verify(&issuer(), &signed(&header, &payload)).unwrap().email, None);
}
