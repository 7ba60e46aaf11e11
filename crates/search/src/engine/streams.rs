//! Texts to the engine's tokens.

use crate::grams::{Cut, Pieces};
use crate::words::words;
use plainsight_text::fold;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Folded text to pieces.
#[derive(Clone)]
pub struct FoldedPieces(pub Cut);

impl Tokenizer for FoldedPieces {
    type TokenStream<'a> = PieceStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PieceStream<'a> {
        PieceStream { pieces: Pieces::new(text, self.0), token: Token::default() }
    }
}

/// The pieces as tokens.
pub struct PieceStream<'a> {
    pieces: Pieces<'a>,
    token: Token,
}

impl TokenStream for PieceStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(piece) = self.pieces.next() else { return false };
        self.token.text.clear();
        self.token.text.push_str(piece.text);
        self.token.position = piece.position;
        self.token.offset_from = piece.start;
        self.token.offset_to = piece.start + piece.text.len();
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// Respelled text to dictionary words, folded.
#[derive(Clone)]
pub struct Words;

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream {
        let spelling: Vec<char> = text.chars().collect();
        WordStream { words: words(&spelling).into_iter(), token: Token::default() }
    }
}

/// The words as tokens.
pub struct WordStream {
    words: std::vec::IntoIter<String>,
    token: Token,
}

impl TokenStream for WordStream {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else { return false };
        self.token.text = fold(&word);
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
