//! Topics: the codebook, where its terms are mentioned, and which passages treat a topic.
