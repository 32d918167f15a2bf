"""Reads files of XML without their dangers: element by element, with texts, and the pictures that they bring."""
