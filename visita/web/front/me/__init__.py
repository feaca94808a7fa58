"""The client's own pages at `/{organization}/me/`: sign in by a one-time code; visits, data, animals and children.

One contact (a phone, an email) is one account; whoever has that contact, a family perhaps, is in it.
"""
