//! Other languages than English: what is said most often is read by a table a language; the rest is honestly declined.

use std::sync::LazyLock;

use crate::languages::{FRENCH, GERMAN, Language, SPANISH};
use crate::text::Word;
use task_language::list;

/// A language: its table, the sentence that says what is understood, and its most frequent words.
type Known = (Option<&'static LazyLock<Language>>, &'static str, &'static [&'static str]);

static LANGUAGES: &[Known] = &[
    (
        Some(&GERMAN),
        "Das habe ich nicht verstanden. Auf Deutsch verstehe ich einfache Sätze, zum Beispiel „Füge Milch kaufen für morgen hinzu“ oder „Was steht heute an?“, mehr auf Englisch.",
        list![
            füge fuege hinzu steht heute morgen übermorgen verschiebe lösche loesche kaufen und ich nicht für mit
            bitte aufgabe aufgaben erinnere mich zeige zeig meine mein den der die das auf ist erledigt fertig um
            uhr was wann muss habe noch montag dienstag mittwoch donnerstag freitag samstag sonntag nächste woche
            zahnarzt anrufen hinzufügen putzen bezahlen schreiben waschen tagen jeden mir als von eine einen ein zum zur am hallo danke milch neue termin alle wie geht
        ],
    ),
    (
        Some(&SPANISH),
        "No lo he entendido. En español entiendo frases sencillas, por ejemplo «añade comprar leche mañana» o «¿qué tengo para hoy?», y más en inglés.",
        list![
            añade anade agrega comprar mañana hoy pasado qué que tengo para el la los las de recuérdame recuerdame
            borra elimina mueve tarea tareas mis mi lunes martes miércoles jueves viernes sábado domingo con una un
            hecho hola gracias leche llamar por favor cuándo dentista pan completar marca como muéstrame próxima
            semana cambia pagar en días tengo he es está urgente del al hay
        ],
    ),
    (
        Some(&FRENCH),
        "Je n'ai pas compris. En français, je comprends des phrases simples, par exemple « ajoute acheter du pain demain » ou « qu'est-ce que j'ai à faire aujourd'hui ? », et davantage en anglais.",
        list![
            ajoute ajouter acheter demain aujourdhui jai à faire le la les du des de supprime efface déplace tâche
            tâches mes mon ma lundi mardi mercredi jeudi vendredi samedi dimanche avec une un et bonjour merci lait
            pain appeler pour sil vous plaît quand dentiste terminé fini que prochaine semaine est chez payer dans jours les je dois combien marque comme fait ai-je tous
        ],
    ),
    (
        None,
        "Capisco solo l'inglese, per esempio “add buy milk tomorrow 6pm” o “what's due this week?”.",
        list![
            aggiungi comprare domani oggi cosa devo fare il lo gli di per con ricordami elimina sposta attività
            lunedì martedì mercoledì giovedì venerdì sabato domenica ciao grazie latte chiamare una che ho alle
        ],
    ),
    (
        None,
        "Só entendo inglês, por exemplo “add buy milk tomorrow 6pm” ou “what's due this week?”.",
        list![
            adicione adicionar comprar amanhã hoje que tenho para fazer apague mova tarefa tarefas minhas segunda
            terça quarta quinta sexta olá obrigado leite ligar com uma às não o os
        ],
    ),
    (
        None,
        "Ik begrijp alleen Engels, bijvoorbeeld “add buy milk tomorrow 6pm” of “what's due this week?”.",
        list![
            voeg mij aan de tandarts toe kopen morgen vandaag wat moet ik doen het een herinner verwijder verplaats taak taken mijn
            maandag dinsdag woensdag donderdag vrijdag zaterdag zondag hallo dank melk bellen naar om staat er
        ],
    ),
];

/// Words of English that those of other languages are weighed against.
const ENGLISH: &[&str] = list![
    add the a an to my i is are do what whats when with for tomorrow today on at in and of remind me buy call done
    delete move it need have please show list monday tuesday wednesday thursday friday saturday sunday mark task
    tasks note
];

const OTHER: &str = "I understand English, and what is said most often in German, Spanish and French: for example “add buy milk tomorrow 6pm” or “what's due this week?”.";

/// A message that is in another language.
pub enum Foreign {
    /// The same in the words of English.
    InEnglish(Vec<Word>),
    /// It is not understood: the sentence that says so.
    Unknown(&'static str),
}

/// A short message that a table has as it is: "hola", "das war falsch".
const MAX_SHORT: usize = 3;

/// The sentence for a message that no rule reads, where its letters say that it is in a language of its own.
pub fn declined(words: &[Word]) -> Option<&'static str> {
    let is_plain = |word: &Word| word.text.chars().filter(|c| c.is_alphabetic()).all(|c| c.is_ascii());
    let is_english = |word: &Word| ENGLISH.contains(&word.text.to_lowercase().as_str());
    (words.len() > 2 && !words.iter().all(is_plain) && !words.iter().any(is_english)).then_some(OTHER)
}

/// Reads a message that is in another language.
pub fn read(words: &[Word]) -> Option<Foreign> {
    let letters = words.iter().flat_map(|word| word.text.chars()).filter(|c| c.is_alphabetic());
    let (other, all) = letters.fold((0, 0), |(other, all), c| (other + usize::from(c > '\u{24f}'), all + 1));
    if all > 0 && other * 2 > all {
        return Some(Foreign::Unknown(OTHER));
    }
    if words.len() <= MAX_SHORT
        && let Some(english) = [&GERMAN, &SPANISH, &FRENCH].iter().find_map(|table| table.phrase(words))
    {
        return Some(Foreign::InEnglish(english));
    }
    let typed: Vec<String> = words
        .iter()
        .filter(|word| !word.quoted)
        .map(|word| word.text.to_lowercase().chars().filter(|c| !"'’¿¡?!,.".contains(*c)).collect())
        .collect();
    let count = |names: &[&str]| typed.iter().filter(|word| names.contains(&word.as_str())).count();
    let english = count(ENGLISH);
    let known = |table: &Option<&LazyLock<Language>>, names: &[&str]| {
        let says = |word: &&String| {
            names.contains(&word.as_str()) || table.as_ref().is_some_and(|table| table.knows(word))
        };
        // A word of both says nothing: "a", "on", "in".
        let both = typed.iter().filter(|word| says(word) && ENGLISH.contains(&word.as_str())).count();
        (typed.iter().filter(says).count() - both, english - both)
    };
    let (table, sentence, names, known) = LANGUAGES
        .iter()
        .map(|(table, sentence, names)| (*table, *sentence, *names, known(table, names)))
        .max_by_key(|(.., (known, english))| (*known, std::cmp::Reverse(*english)))?;
    let (known, english) = known;
    if known == 0 || known <= english || (known < 2 && english > 0) {
        return None;
    }
    let in_english = table.and_then(|table| table.in_english(words)).map(Foreign::InEnglish);
    // What no frame fits is declined where its frequent words say which language it is.
    let frequent = count(names);
    let is_clear = frequent > 1 && frequent > english && frequent * 5 >= typed.len() * 2;
    in_english.or_else(|| is_clear.then_some(Foreign::Unknown(sentence)))
}
