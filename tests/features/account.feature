Feature: An account
  Scenario: Signing up, out and in again
    Given Alice has signed up
    And Alice has said "add buy milk"
    When Alice signs out
    Then Alice's session is over
    When Alice signs in again
    Then Alice's open tasks over REST are "Buy milk"

  Scenario: A wrong password
    Given Alice has signed up
    Then Alice can't sign in with the password "not her password"

  Scenario: Without a token nothing is shown
    Then nobody is let in at "/api/v1/tasks", "/api/v1/conversations", "/mcp" without a token
