"""Letters by e-mail: written down in the transaction that is their reason, sent outside of any."""
