"""The registers beside the tasks: terms of office and weak party organisations."""
