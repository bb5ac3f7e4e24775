//! The shapes of the document in words: what they are called, and what their fields hold.

use askama::filters::{Html, escape};
use serde_json::Value;

use super::{Row, paragraphs};

/// Something that is sent or answered.
pub struct Shape {
    pub name: String,
    /// HTML.
    pub words: Vec<String>,
    pub fields: Vec<Row>,
}

/// Every shape that has a name.
pub fn shapes(document: &Value) -> Vec<Shape> {
    let Some(schemas) = document["components"]["schemas"].as_object() else { return Vec::new() };
    let shape = |(name, schema): (&String, &Value)| Shape {
        name: name.clone(),
        words: if schema["enum"].is_array() { choices(schema) } else { paragraphs(&schema["description"]) },
        fields: rows(schema),
    };
    schemas.iter().map(shape).collect()
}

/// The fields of an object, those that are needed first to be seen as such.
pub fn rows(schema: &Value) -> Vec<Row> {
    let Some(fields) = schema["properties"].as_object() else { return Vec::new() };
    let row = |(name, field): (&String, &Value)| {
        let description =
            field["description"].as_str().or(field["oneOf"][1]["description"].as_str()).unwrap_or_default();
        Row { name: name.clone(), kind: kind_of(field), words: rendered(description) }
    };
    fields.iter().map(row).collect()
}

/// What a value is, as HTML: `text`, `number`, or a link to its shape.
pub fn kind_of(schema: &Value) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap_or_default();
        return format!("<a href=\"#shape-{name}\">{name}</a>");
    }
    for several in ["oneOf", "anyOf", "allOf"] {
        if let Some(all) = schema[several].as_array() {
            let kinds: Vec<String> = all.iter().map(kind_of).collect();
            return kinds.join(" or ");
        }
    }
    let kind = |kind: &Value| match (kind.as_str().unwrap_or_default(), schema["format"].as_str()) {
        ("string", Some("uuid")) => "id".to_owned(),
        ("string", Some("date")) => "day".to_owned(),
        ("string", Some("date-time")) => "instant".to_owned(),
        ("string", _) if schema["enum"].is_array() => choices(schema).concat(),
        ("string", _) => "text".to_owned(),
        ("integer", _) => "whole number".to_owned(),
        ("boolean", _) => "true or false".to_owned(),
        ("array", _) => format!("list of {}", kind_of(&schema["items"])),
        (other, _) => other.to_owned(),
    };
    match &schema["type"] {
        Value::Array(all) => all.iter().map(kind).collect::<Vec<_>>().join(" or "),
        one => kind(one),
    }
}

fn choices(schema: &Value) -> Vec<String> {
    let words = schema["enum"].as_array().map(Vec::as_slice).unwrap_or_default();
    let words: Vec<String> =
        words.iter().filter_map(Value::as_str).map(|word| rendered(&format!("`{word}`"))).collect();
    vec![words.join(", ")]
}

/// A description as HTML: what stands in backticks is code.
pub fn rendered(text: &str) -> String {
    let escaped = escape(text, Html).map(|text| text.to_string()).unwrap_or_default();
    let parts = escaped.split('`').enumerate();
    parts.map(|(at, part)| if at % 2 == 1 { format!("<code>{part}</code>") } else { part.to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn descriptions_are_escaped_and_show_their_code() {
        assert_eq!(rendered("`a<b` & more"), "<code>a&#60;b</code> &#38; more");
    }

    #[test]
    fn kinds_are_told_in_words() {
        for (schema, words) in [
            (json!({"type": "string"}), "text"),
            (json!({"type": ["string", "null"], "format": "uuid"}), "id or null"),
            (json!({"type": "array", "items": {"type": "integer"}}), "list of whole number"),
            (json!({"$ref": "#/components/schemas/Money"}), "<a href=\"#shape-Money\">Money</a>"),
            (json!({"oneOf": [{"type": "null"}, {"type": "boolean"}]}), "null or true or false"),
        ] {
            assert_eq!(kind_of(&schema), words);
        }
    }
}
