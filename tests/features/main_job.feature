Feature: The main job
  A person says what is to be done, in their own words, and sees it everywhere.

  Background:
    Given Alice has signed up

  Scenario: A task said in chat is on the list
    When Alice says "add buy milk tomorrow 6pm"
    Then the reply mentions "Buy milk"
    And Alice's open tasks over REST are "Buy milk"
    And Alice's task "Buy milk" is due tomorrow at 18:00 in her time zone
    And Alice's open tasks over MCP are "Buy milk"

  Scenario: Saying that it is done completes it
    Given Alice has said "add write the report"
    And Alice has said "add call mom"
    When Alice says "I'm done with the report"
    Then the reply mentions "Write the report"
    And Alice's open tasks over REST are "Call mom"
    And Alice's done tasks over REST are "Write the report"

  Scenario: What is overdue
    Given Alice has added "Pay rent" over REST, due yesterday
    And Alice has added "Water plants" over REST, due tomorrow
    When Alice says "what is overdue?"
    Then the reply mentions "Pay rent"
    And the reply does not mention "Water plants"

  Scenario: Several tasks in one sentence
    When Alice says "add call the plumber and pay the electricity bill"
    Then Alice's open tasks over REST are "Call the plumber", "Pay the electricity bill"

  Scenario: The answer streams
    When Alice says "add buy milk tomorrow 6pm" and listens
    Then she hears the events "conversation", "tool_call", "tool_result", "tool_call", "tool_result", "delta", "done" in this order

  Scenario: The conversation is kept
    Given Alice has said "add buy milk"
    When Alice reads the conversation
    Then it has her words "add buy milk" and an answer
