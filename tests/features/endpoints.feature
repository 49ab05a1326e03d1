Feature: One operation, every endpoint
  REST, MCP and chat work on the same tasks and say the same things.

  Background:
    Given Alice has signed up

  Scenario: Added over MCP, completed over REST
    Given Alice has added "Book flights" over MCP
    When Alice completes "Book flights" over REST
    Then Alice's done tasks over MCP are "Book flights"

  Scenario: Added over REST, found in chat
    Given Alice has added "Renew passport" over REST, due tomorrow
    When Alice says "anything about the passport?"
    Then the reply mentions "Renew passport"

  Scenario: The same mistake gets the same sentence
    Then an empty title is refused over REST and over MCP with the same sentence

  Scenario: Others see nothing of it
    Given Bob has signed up
    And Alice has added "Plan surprise party for Bob" over REST, due tomorrow
    When Bob says "show my tasks"
    Then the reply does not mention "surprise"
    And Bob has no tasks over REST
    And Bob has no tasks over MCP
    And Bob can't read, change, complete or delete Alice's "Plan surprise party for Bob" over REST or MCP
