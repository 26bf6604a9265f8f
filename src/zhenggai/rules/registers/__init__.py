"""The registers: terms of office, and weak party organisations."""
