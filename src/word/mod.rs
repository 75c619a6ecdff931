//! What a word is: tokens, folding, stems, sentences, languages. The one place that decides it.
