//! Other languages than English: recognised, and honestly declined.

use crate::text::Word;
use task_language::list;

/// A language, the sentence that says what is understood, and its most frequent words.
const LANGUAGES: &[(&str, &[&str])] = &[
    (
        "Ich verstehe leider nur Englisch, zum Beispiel “add buy milk tomorrow 6pm” oder “what's due this week?”.",
        list![
            füge fuege hinzu steht heute morgen übermorgen verschiebe lösche loesche kaufen und ich nicht für mit
            bitte aufgabe aufgaben erinnere mich zeige zeig meine mein den der die das auf ist erledigt fertig um
            uhr was wann muss habe noch montag dienstag mittwoch donnerstag freitag samstag sonntag nächste woche
            zahnarzt anrufen von eine einen ein zum zur am hallo danke milch neue termin alle wie geht
        ],
    ),
    (
        "Solo entiendo inglés, por ejemplo “add buy milk tomorrow 6pm” o “what's due this week?”.",
        list![
            añade anade agrega comprar mañana hoy pasado qué que tengo para el la los las de recuérdame recuerdame
            borra elimina mueve tarea tareas mis mi lunes martes miércoles jueves viernes sábado domingo con una un
            hecho hola gracias leche llamar por favor cuándo dentista pan completar marca como muéstrame próxima
            semana cambia
        ],
    ),
    (
        "Je ne comprends que l'anglais, par exemple « add buy milk tomorrow 6pm » ou « what's due this week? ».",
        list![
            ajoute ajouter acheter demain aujourdhui jai à faire le la les du des de supprime efface déplace tâche
            tâches mes mon ma lundi mardi mercredi jeudi vendredi samedi dimanche avec une un et bonjour merci lait
            pain appeler pour sil vous plaît quand dentiste terminé fini que prochaine semaine est chez
        ],
    ),
    (
        "Capisco solo l'inglese, per esempio “add buy milk tomorrow 6pm” o “what's due this week?”.",
        list![
            aggiungi comprare domani oggi cosa devo fare il lo gli di per con ricordami elimina sposta attività
            lunedì martedì mercoledì giovedì venerdì sabato domenica ciao grazie latte chiamare una che ho alle
        ],
    ),
    (
        "Só entendo inglês, por exemplo “add buy milk tomorrow 6pm” ou “what's due this week?”.",
        list![
            adicione adicionar comprar amanhã hoje que tenho para fazer apague mova tarefa tarefas minhas segunda
            terça quarta quinta sexta olá obrigado leite ligar com uma às não o os
        ],
    ),
    (
        "Ik begrijp alleen Engels, bijvoorbeeld “add buy milk tomorrow 6pm” of “what's due this week?”.",
        list![
            voeg toe kopen morgen vandaag wat moet ik doen het een herinner verwijder verplaats taak taken mijn
            maandag dinsdag woensdag donderdag vrijdag zaterdag zondag hallo dank melk bellen naar om staat er
        ],
    ),
];

/// Words of English that those of other languages are weighed against.
const ENGLISH: &[&str] = list![
    add the a an to my i is are do what whats when with for tomorrow today on at in and of remind me buy call done
    delete move it need have please show list monday tuesday wednesday thursday friday saturday sunday mark task
    tasks
];

const OTHER: &str =
    "I understand English only, for example “add buy milk tomorrow 6pm” or “what's due this week?”.";

/// The sentence for a message that is in another language.
pub fn read(words: &[Word]) -> Option<&'static str> {
    let letters = words.iter().flat_map(|word| word.text.chars()).filter(|c| c.is_alphabetic());
    let (other, all) = letters.fold((0, 0), |(other, all), c| (other + usize::from(c > '\u{24f}'), all + 1));
    if all > 0 && other * 2 > all {
        return Some(OTHER);
    }
    let typed: Vec<String> = words
        .iter()
        .filter(|word| !word.quoted)
        .map(|word| word.text.to_lowercase().chars().filter(|c| !"'’¿¡?!,.".contains(*c)).collect())
        .collect();
    let count = |names: &[&str]| typed.iter().filter(|word| names.contains(&word.as_str())).count();
    let english = count(ENGLISH);
    let (sentence, count) = LANGUAGES
        .iter()
        .map(|(sentence, names)| (*sentence, count(names)))
        .max_by_key(|(_, count)| *count)?;
    (count >= 2 && count > english && count * 5 >= typed.len() * 2).then_some(sentence)
}
