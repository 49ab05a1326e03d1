Feature: Many at once
  A long list is kept, finished and cleared out in one go.

  Background:
    Given Alice has signed up
    And Alice has added "Book flights" over MCP
    And Alice has added "Renew passport" over MCP

  Scenario: The list is written down
    Then Alice's list written down over REST is "- [ ] Book flights", "- [ ] Renew passport"
    And Alice's list written down over MCP is "- [ ] Book flights", "- [ ] Renew passport"

  Scenario: All of it is finished
    When Alice completes every open task over REST
    Then Alice's open tasks over MCP are none
    And Alice's list written down over MCP ticks "Book flights", "Renew passport"

  Scenario: What is done is cleared out
    Given Alice has added "Pack" over MCP
    When Alice completes "Pack" over REST
    And Alice tries to delete every done task over MCP
    Then Alice's done tasks over REST are "Pack"
    When Alice deletes every done task over MCP
    Then Alice's done tasks over REST are none
    And Alice's open tasks over REST are "Book flights", "Renew passport"

  Scenario: No list is emptied by leaving a word out
    Then deleting without a filter is refused over REST and over MCP
    And Alice's open tasks over REST are "Book flights", "Renew passport"

  Scenario: Others keep theirs
    Given Bob has signed up
    When Bob deletes every open task over MCP
    Then Alice's open tasks over REST are "Book flights", "Renew passport"
