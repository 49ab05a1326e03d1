Feature: Whatever a provider does
  A language model's provider may fail, stammer or flood. Whoever talks to the assistant gets an answer or an honest reason, nothing is
  lost, and nothing is done twice.

  Background:
    Given Pia talks to a language model

  Scenario Outline: What refuses is said to refuse, and the message is kept
    Given the provider answers <status> <header> <body>
    When Pia says something to it
    Then Pia is told "<problem>" with status <told>
    And the log has no key
    And her message stands alone in the conversation
    And the conversation goes on

    Examples: what an operator mends
      | status | header | body                                             | problem      | told |
      | 400    | -      | {"error": {"message": "bad schema"}}             | model-failed | 502  |
      | 401    | -      | {"error": {"message": "sk-never-to-be-seen"}}    | model-failed | 502  |
      | 403    | -      | {}                                               | model-failed | 502  |
      | 404    | -      | {"error": {"message": "no such model"}}          | model-failed | 502  |
      | 302    | -      | {}                                               | model-failed | 502  |
      | 422    | -      | not JSON                                         | model-failed | 502  |
      | 429    | -      | {"error": {"code": "insufficient_quota"}}        | model-failed | 502  |

    Examples: what passes
      | status | header               | body  | problem           | told |
      | 408    | -                    | {}    | model-unavailable | 503  |
      | 429    | retry-after: 7       | {}    | model-unavailable | 503  |
      | 500    | -                    | oops  | model-unavailable | 503  |
      | 502    | -                    | <p>   | model-unavailable | 503  |
      | 503    | retry-after: tonight | {}    | model-unavailable | 503  |
      | 504    | -                    | -     | model-unavailable | 503  |
      | 529    | -                    | {}    | model-unavailable | 503  |

  Scenario Outline: A stream that comes to nothing is an honest problem
    Given the provider streams <stream>
    When Pia says something to it
    Then Pia is told "<problem>" with status <told>
    And her message stands alone in the conversation
    And the conversation goes on

    Examples:
      | stream                               | problem           | told |
      | a page of HTML                       | model-unavailable | 503  |
      | words, then broken JSON              | model-failed      | 502  |
      | words, then a list                   | model-failed      | 502  |
      | an end without words                 | model-failed      | 502  |
      | an end by the content filter         | model-failed      | 502  |
      | words, then an error                 | model-unavailable | 503  |
      | words, then a broken connection      | model-unavailable | 503  |
      | words, then an early end             | model-unavailable | 503  |
      | a call without a name                | model-failed      | 502  |
      | a call with half of its arguments    | model-failed      | 502  |
      | a call with a list as arguments      | model-failed      | 502  |
      | a call that is cut by the limit      | model-failed      | 502  |
      | 129 calls                            | model-failed      | 502  |
      | a delta of 10 MB                     | model-failed      | 502  |
      | 10 MB in small deltas                | model-failed      | 502  |
      | 10 MB of one line without an end     | model-failed      | 502  |
      | 10 MB of comments                    | model-failed      | 502  |
      | 10 MB of arguments                   | model-failed      | 502  |

  Scenario Outline: What providers do differently is understood
    Given the provider streams <stream>
    When Pia says something to it
    Then Pia is answered "Hello, Pia."
    And the conversation goes on

    Examples:
      | stream                                |
      | words by the letter                   |
      | words with carriage returns           |
      | words with comments in between        |
      | words with names of events            |
      | words without a space behind the data |
      | words without a marker at the end     |
      | words without a reason at the end     |
      | words without a cost                  |
      | words as parts                        |
      | words as a refusal                    |
      | words with members nobody knows       |
      | words with empty pieces               |
      | words in one piece, not streamed      |
      | words after two seconds of silence    |

  Scenario Outline: A call is understood in whatever form it comes
    Given the provider streams a call of add_task <form>
    And the provider says "Added."
    When Pia says something to it
    Then Pia is answered "Added."
    And Pia's tasks there are "Water the ü plants"

    Examples:
      | form                       |
      | by the letter              |
      | with arguments as objects  |
      | without an id              |
      | without an index           |
      | with its name repeated     |
      | after words                |
      | in one piece, not streamed |

  Scenario Outline: What a tool refuses goes back to the model, and nothing is changed
    Given the provider calls <tool> with <arguments>
    And the provider says "I could not."
    When Pia says something to it
    Then Pia is answered "I could not."
    And the call failed, and the model was told "<told>"
    And Pia's tasks there are none

    Examples:
      | tool        | arguments                                         | told               |
      | add_task    | {"title": ""}                                     | title              |
      | add_task    | {"title": "a", "due": "some day"}                 | due                |
      | add_task    | {"title": "a", "colour": "red"}                   | colour             |
      | add_task    | {"title": 7}                                      | title              |
      | add_task    | {}                                                | title              |
      | get_task    | {"id": "0193a5c2-7d4e-7b3a-9f10-2b6c8d0e4f12"}    | The call failed.   |
      | get_task    | {"id": "../../etc/passwd"}                        | id                 |
      | update_task | {"id": "0193a5c2-7d4e-7b3a-9f10-2b6c8d0e4f12", "title": "b"} | The call failed. |
      | drop_table  | {"name": "tasks"}                                 | no such tool       |

  Scenario: Calls that never end cost one message and no more
    Given the provider calls overview with {} 20 times
    When Pia says something to it
    Then the reply to Pia begins with "I stopped here"
    And the provider was asked 8 times

  Scenario: More calls at once than a message may make
    Given the provider calls add_task 40 times at once
    And the provider says "All added."
    When Pia says something to it
    Then Pia has at most 32 tasks there

  Scenario: Ids that come twice are two calls
    Given the provider streams two calls with one id
    And the provider says "Both."
    When Pia says something to it
    Then Pia is answered "Both."
    And Pia's tasks there are "one", "two"

  Scenario: A storm of 429 turns each away once, and the rest of the app serves on
    Given the provider answers 429 retry-after: 3 {}
    When 20 people say something to it at once
    Then each of them is told "model-unavailable" with Retry-After 3
    And Pia can add a task meanwhile

  Scenario: What fails after a change says what was done, and is not done again
    Given the provider calls add_task with {"title": "milk"}
    And the provider streams words, then a broken connection
    When Pia says something to it with the key "k"
    Then the reply to Pia mentions "What was done so far stays"
    When Pia says it again with the key "k"
    Then the reply to Pia mentions "What was done so far stays"
    And Pia's tasks there are "milk"
    And the provider was asked 2 times

  Scenario: What failed before a change is answered when it is sent again
    Given the provider answers 503 - {}
    And the provider calls add_task with {"title": "milk"}
    And the provider says "Added."
    When Pia says something to it with the key "k"
    Then Pia is told "model-unavailable" with status 503
    When Pia says it again with the key "k"
    Then Pia is answered "Added."
    And Pia's tasks there are "milk"
    And the conversation there holds 2 messages
