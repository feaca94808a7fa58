"""The people of the example businesses: names and phones by country, as they are written there."""

from visita.demo.plan import People

ROMANIANS = People(
    women=("Andreea", "Ioana", "Maria", "Elena", "Raluca", "Cristina", "Mădălina", "Ștefania", "Gabriela", "Alina",
           "Simona", "Anca", "Oana", "Bianca", "Ileana", "Ruxandra"),
    men=("Andrei", "Ștefan", "Mihai", "Alexandru", "Ionuț", "Cătălin", "Radu", "Vlad", "Bogdan", "Răzvan", "Tudor",
         "Șerban", "Cosmin", "George"),
    last=tuple((name, name) for name in (
        "Popescu", "Ionescu", "Dumitrescu", "Stan", "Țurcanu", "Munteanu", "Șerbănescu", "Rădulescu", "Georgescu",
        "Dobre", "Năstase", "Pătrașcu", "Vasile", "Cîmpeanu", "Lăzărescu", "Mocanu", "Enache", "Drăgan", "Ilie",
        "Constantinescu-Bălăceanu")),
    phone="072#######",
)  # fmt: skip

RUSSIANS = People(
    women=("Анна", "Мария", "Елена", "Ольга", "Наталья", "Екатерина", "Татьяна", "Ирина", "Юлия", "Светлана", "Алёна",
           "Дарья", "Полина", "Ксения", "Софья", "Любовь", "Жанна"),
    men=("Александр", "Дмитрий", "Сергей", "Алексей", "Фёдор", "Пётр", "Артём", "Илья", "Никита", "Юрий"),
    last=(("Иванова", "Иванов"), ("Смирнова", "Смирнов"), ("Кузнецова", "Кузнецов"), ("Попова", "Попов"),
          ("Соловьёва", "Соловьёв"), ("Васильева", "Васильев"), ("Морозова", "Морозов"), ("Воробьёва", "Воробьёв"),
          ("Щербакова", "Щербаков"), ("Жукова", "Жуков"), ("Крылова", "Крылов"), ("Белая", "Белый"),
          ("Шевченко", "Шевченко"), ("Цветкова", "Цветков"), ("Тихомирова", "Тихомиров"), ("Юдина", "Юдин")),
    phone="+7 916 ### ## ##",
)  # fmt: skip

FINNS = People(
    women=("Aino", "Anneli", "Helmi", "Päivi", "Sari", "Tuulikki", "Kaisa", "Jaana", "Minna", "Riikka", "Åsa", "Venla",
           "Kyllikki", "Elli"),
    men=("Juhani", "Mikko", "Antti", "Jyrki", "Väinö", "Eero", "Pekka", "Timo", "Onni", "Björn", "Sampo", "Yrjö"),
    last=tuple((name, name) for name in (
        "Korhonen", "Virtanen", "Mäkinen", "Nieminen", "Hämäläinen", "Koskinen", "Järvinen", "Lehtonen", "Söderholm",
        "Salminen", "Heikkilä", "Öhman", "Kettunen", "Räsänen", "Pöysti", "Ahlström-Niemelä")),
    phone="040 #######",
)  # fmt: skip

ITALIANS = People(
    women=("Giulia", "Martina", "Chiara", "Francesca", "Sofia", "Alessia", "Elisa", "Noemi", "Beatrice", "Ludovica",
           "Maria Chiara", "Lucia"),
    men=("Marco", "Luca", "Matteo", "Niccolò", "Andrea", "Davide", "Simone", "Francesco", "Edoardo", "Gian Luca",
         "Giosuè", "Lorenzo"),
    last=tuple((name, name) for name in (
        "Rossi", "Bianchi", "Esposito", "Ricci", "De Luca", "D'Angelo", "Moretti", "Conti", "Gallo", "Dell'Acqua",
        "Santoro", "Marini", "Fabbri", "Caruso", "Nicolò", "Di Pietro")),
    phone="347 #######",
)  # fmt: skip

LONDONERS = People(
    women=("Olivia", "Amelia", "Siobhán", "Grace", "Priya", "Zoë", "Chloe", "Hannah", "Agnieszka", "Fatima", "Ruth"),
    men=("Oliver", "Harry", "Muhammad", "Jack", "Callum", "Rhys", "Seán", "Tom", "Kwame", "José", "Ed", "Wojciech"),
    last=tuple((name, name) for name in (
        "Smith", "Jones", "Patel", "O'Brien", "Williams", "Taylor", "Kowalski", "Begum", "Walker-Hughes", "Okafor",
        "Evans", "MacDonald", "Nguyen", "Clarke", "Ng", "Davies")),
    phone="07400 ######",
)  # fmt: skip

NEW_YORKERS = People(
    women=("Ava", "Maya", "Zoe", "Renée", "Isabella", "Jasmine"),
    men=("James", "Luis", "Andre", "Kenji", "Ahmed", "Tyrone", "Noah", "Mateo", "Ari", "Dmitri", "DeShawn", "Vinny"),
    last=tuple((name, name) for name in (
        "Johnson", "Rodríguez", "Kim", "Goldberg", "Washington", "Chen", "O'Neill", "Peña", "Brown", "Russo", "Singh",
        "Lee")),
    phone="(212) 555-01##",
)  # fmt: skip
