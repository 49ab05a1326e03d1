Feature: Deleting asks first
  Nothing is removed because a sentence was misunderstood.

  Background:
    Given Alice has signed up
    And Alice has said "add buy milk"

  Scenario: Yes deletes
    When Alice says "delete milk"
    Then the assistant asks for confirmation of "delete_task"
    And the reply mentions "Do you want to delete the task “Buy milk”?"
    And Alice's open tasks over REST are "Buy milk"
    When Alice says "yes"
    Then Alice has no tasks over REST

  Scenario: No keeps
    Given Alice has said "delete milk"
    When Alice says "no"
    Then Alice's open tasks over REST are "Buy milk"

  Scenario: What changed since the question is asked about anew
    Given Alice has said "delete milk"
    When Alice completes "Buy milk" over REST
    And Alice says "yes"
    Then the reply mentions "Something changed since I asked"
    And the assistant asks for confirmation of "delete_task"
    And Alice's done tasks over REST are "Buy milk"
    When Alice says "yes"
    Then Alice has no tasks over REST

  Scenario: Another sentence is not a yes
    Given Alice has said "delete milk"
    When Alice says "add buy bread"
    And Alice says "yes"
    Then Alice's open tasks over REST are "Buy bread", "Buy milk"

  Scenario: Many are one question and one undo
    Given Alice has said "add buy eggs"
    When Alice says "delete all tasks"
    Then the assistant asks for confirmation of "delete_tasks"
    When Alice says "yes"
    Then Alice has no tasks over REST
    When Alice says "undo"
    Then Alice's open tasks over REST are "Buy eggs", "Buy milk"
