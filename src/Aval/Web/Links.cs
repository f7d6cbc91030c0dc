using Microsoft.AspNetCore.WebUtilities;

namespace Aval.Web;

/// <summary>Addresses of pages.</summary>
public static class Links
{
    public static string Order(string number) => "/orders/" + Uri.EscapeDataString(number);
    public static string Block(string id) => "/blocks/" + Uri.EscapeDataString(id);
    public static string Customer(string number) => "/customers/" + Uri.EscapeDataString(number);

    public static string Invoice(string number) => "/invoices/" + Uri.EscapeDataString(number);

    public static string Dispute(string number) => "/disputes/" + Uri.EscapeDataString(number);

    public static string Receipt(string number) => "/cash/receipts/" + Uri.EscapeDataString(number);

    /// <summary>A line of a work list, with all that can be done with it.</summary>
    public static string Work(string id) => "/work/" + Uri.EscapeDataString(id);

    /// <summary>What a word means.</summary>
    public static string Help(string word) => "/help/" + Uri.EscapeDataString(word);

    /// <summary>The documents behind a figure of a payer, today.</summary>
    public static string Exposure(string customer, string term) => $"{Customer(customer)}/exposure?term={term}";

    /// <summary>The same as an order's last check saw it.</summary>
    public static string Seen(string order, string term) => $"{Order(order)}/exposure?term={term}";

    public static string Journal(string root) => "/journal/" + Uri.EscapeDataString(root);

    public static string Entry(string root, long number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Journal(root)}/{number}");

    /// <summary>An address with fields of a query; those that are null or empty are left out.</summary>
    public static string With(string path, params IEnumerable<(string Name, string? Value)> query) =>
        QueryHelpers.AddQueryString(path, query.Where(field => !string.IsNullOrEmpty(field.Value)).Select(field => KeyValuePair.Create(field.Name, field.Value)));

    /// <summary>The address when it leads to a page of ours, else the start: a link must not be able to send somebody elsewhere after signing in.</summary>
    public static string Local(string? address) =>
        address is ['/', not ('/' or '\\'), ..] or "/" && !address.Any(char.IsControl) ? address : "/";
}
