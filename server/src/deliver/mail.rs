//! A letter, and its form on the wire.

use lettre::Message;
use lettre::message::header::ContentType;
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};

use super::Undelivered;

/// What pictures are.
pub(super) const PNG: &str = "image/png";

/// One letter to one person.
#[derive(Clone, Debug)]
pub struct EmailMessage {
    pub to: Mailbox,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// Those that the HTML part shows by their ids.
    pub pictures: Vec<Picture>,
    /// The same each time that this letter is sent.
    pub key: String,
}

/// A picture inside a letter: shown where the HTML part says `cid:` and its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// A word that is the name of its file too.
    pub id: &'static str,
    pub png: Vec<u8>,
}

impl EmailMessage {
    /// The MIME form, with a plain and an HTML part, which has its pictures beside it.
    pub fn mime(&self, from: &Mailbox) -> Result<Message, Undelivered> {
        let host = from.email.domain();
        let name = self.to.name.as_deref().map(one_line);
        Message::builder()
            .from(from.clone())
            .to(Mailbox::new(name, self.to.email.clone()))
            .subject(one_line(&self.subject))
            .message_id(Some(format!("<{}@{host}>", self.file_stem())))
            .multipart(self.parts()?)
            .map_err(|_| Undelivered::because("the letter could not be put together"))
    }

    fn parts(&self) -> Result<MultiPart, Undelivered> {
        if self.pictures.is_empty() {
            return Ok(MultiPart::alternative_plain_html(self.text.clone(), self.html.clone()));
        }
        let png = || ContentType::parse(PNG).map_err(|_| Undelivered::because("no such kind of picture"));
        let mut shown = MultiPart::related().singlepart(SinglePart::html(self.html.clone()));
        for Picture { id, png: bytes } in &self.pictures {
            let inline = Attachment::new_inline_with_name((*id).to_owned(), format!("{id}.png"));
            shown = shown.singlepart(inline.body(bytes.clone(), png()?));
        }
        Ok(MultiPart::alternative().singlepart(SinglePart::plain(self.text.clone())).multipart(shown))
    }

    /// The key in characters that any file system and header takes.
    pub fn file_stem(&self) -> String {
        self.key.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' }).take(120).collect()
    }
}

/// Without what could end a header's line.
fn one_line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_add_a_header_or_a_recipient() {
        let message = EmailMessage {
            to: Mailbox::new(
                Some("Asha\r\nBcc: b@example.com, c@example.com".into()),
                "a@example.com".parse().expect("an address"),
            ),
            subject: "Hello\r\nBcc: d@example.com".into(),
            text: "line\r\n.\r\nmore".into(),
            html: "<p>line</p>".into(),
            pictures: Vec::new(),
            key: "confirm:1\r\n".into(),
        };
        let from = "Expenso <expenso@localhost>".parse().expect("a sender");
        let mime = message.mime(&from).expect("a letter");
        assert_eq!(mime.envelope().to().len(), 1);
        let formatted = String::from_utf8(mime.formatted()).expect("a text");
        let (head, _) = formatted.split_once("\r\n\r\n").expect("a head and a body");
        assert!(head.lines().all(|line| !line.to_lowercase().starts_with("bcc")), "{head}");
    }
}
