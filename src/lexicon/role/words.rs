//! How a closed vocabulary is written: each item with the word that the tables name it by.

macro_rules! words {
    // Some words are asked for at one place only, beside a number or a time, and not looked for in every sentence.
    ($(#[$doc:meta])* $name:ident { $($(#[$item_doc:meta])* $item:ident = $text:literal,)+ }
        beside { $($(#[$place_doc:meta])* $place:ident = $place_text:literal,)+ }) => {
        words! {
            $(#[$doc])*
            $name { $($(#[$item_doc])* $item = $text,)+ $($(#[$place_doc])* $place = $place_text,)+ }
        }

        impl $name {
            /// Whether its words are asked for at one place only.
            pub(crate) const fn stands_beside(self) -> bool {
                matches!(self, $(Self::$place)|+)
            }
        }
    };
    ($(#[$doc:meta])* $name:ident { $($(#[$item_doc:meta])* $item:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum $name { $($(#[$item_doc])* $item,)+ }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                match text {
                    $($text => Ok(Self::$item),)+
                    _ => Err(format!("`{text}` is not one of: {}", [$($text),+].join(", "))),
                }
            }
        }
    };
}
