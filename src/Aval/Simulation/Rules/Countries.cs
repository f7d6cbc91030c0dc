using Aval.Kernel;

namespace Aval.Simulation;

/// <summary>What a country gives to an invented customer. Cities and postal codes exist; streets and firms do not.</summary>
/// <remarks>The tax rate is the percentage on every line sold there; in the pattern of a street, {0} is its name and {1} the house number.</remarks>
sealed record Country(
    string Code, Currency Currency, int TaxRate, string Street, string[] Streets, string[] Trades, string[] LegalForms,
    (string City, string PostalCode)[] Cities)
{
    public static readonly Country France = new("FR", Currency.EUR, 20, "{1} rue {0}",
        ["des Tisserands", "du Vieux Moulin", "des Acacias", "de la Fonderie", "du Port-Neuf"],
        ["Ateliers", "Comptoir", "Bâtiment", "Cuisines", "Équipement"], ["SARL", "SAS"],
        [("Lyon", "69003"), ("Nantes", "44000"), ("Lille", "59000"), ("Dijon", "21000"), ("Pau", "64000"), ("Reims", "51100")]);

    public static readonly Country Germany = new("DE", Currency.EUR, 19, "{0} {1}",
        ["Gerberstraße", "Am Kanal", "Lindenweg", "Schmiedegasse", "Industriestraße"],
        ["Werkzeuge", "Hausbau", "Großküchen", "Elektrotechnik", "Gebäudetechnik"], ["GmbH", "GmbH & Co. KG"],
        [("Kassel", "34117"), ("Bremen", "28195"), ("Ulm", "89073"), ("Leipzig", "04109"), ("Münster", "48143"), ("Hamburg", "20095")]);

    public static readonly Country Belgium = new("BE", Currency.EUR, 21, "{0} {1}",
        ["Molenstraat", "Kaaistraat", "Rue de l'Étang", "Wolwegel", "Rue du Chêne"],
        ["Techniek", "Bouw", "Cuisines", "Facilities"], ["BV", "NV"],
        [("Gent", "9000"), ("Namur", "5000"), ("Leuven", "3000"), ("Liège", "4000"), ("Brugge", "8000")]);

    public static readonly Country Spain = new("ES", Currency.EUR, 21, "Calle {0}, {1}",
        ["del Olivar", "de los Herreros", "Nueva del Puerto", "de la Noria"],
        ["Suministros", "Instalaciones", "Hostelería", "Talleres"], ["S.L."],
        [("Zaragoza", "50001"), ("Bilbao", "48001"), ("Murcia", "30001"), ("Valladolid", "47001"), ("Málaga", "29001")]);

    public static readonly Country Italy = new("IT", Currency.EUR, 22, "Via {0} {1}",
        ["dei Mulini", "del Ferro", "delle Vigne", "San Rocco"],
        ["Forniture", "Impianti", "Officine", "Ristorazione"], ["S.r.l.", "S.p.A."],
        [("Parma", "43121"), ("Torino", "10121"), ("Verona", "37121"), ("Bari", "70121"), ("Modena", "41121")]);

    public static readonly Country Netherlands = new("NL", Currency.EUR, 21, "{0} {1}",
        ["Havenkade", "Kastanjelaan", "Zilversmidstraat", "Lange Dijk"],
        ["Installaties", "Bouwgroep", "Horeca", "Gereedschap"], ["B.V."],
        [("Utrecht", "3511 AB"), ("Breda", "4811 CD"), ("Zwolle", "8011 EF"), ("Arnhem", "6811 GH")]);

    public static readonly Country Britain = new("GB", Currency.Of("GBP"), 20, "{1} {0}",
        ["Tannery Lane", "Quayside Road", "Foundry Street", "Orchard Way"],
        ["Builders Supply", "Catering", "Fittings", "Tool Hire"], ["Ltd", "Trading Ltd"],
        [("Leeds", "LS1 4AP"), ("Bristol", "BS1 5TR"), ("York", "YO1 7HH"), ("Derby", "DE1 2GL")]);

    // Exports: no European value-added tax is charged.
    public static readonly Country UnitedStates = new("US", Currency.Of("USD"), 0, "{1} {0}",
        ["Millrace Avenue", "Cooper Street", "Old Depot Road", "Sycamore Drive"],
        ["Hardware", "Contractors", "Kitchen Supply", "Facilities"], ["Inc.", "LLC"],
        [("Akron, OH", "44308"), ("Tulsa, OK", "74103"), ("Boise, ID", "83702"), ("Salem, OR", "97301")]);

    /// <summary>Where customers in euro live; the nearest markets come more than once.</summary>
    public static readonly Country[] InEuro = [France, France, France, Germany, Germany, Belgium, Belgium, Spain, Italy, Netherlands];
}
