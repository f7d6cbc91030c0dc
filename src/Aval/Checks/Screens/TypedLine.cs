using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Orders.Rules;
using Aval.Web;

namespace Aval.Checks;

/// <summary>A line of an order as somebody types it; nothing of it is a value yet.</summary>
public sealed record TypedLine(string Item = "", string Quantity = "", string Price = "", string Tax = "", string Description = "", string Discount = "", string Approval = "")
{
    public bool IsBlank => new[] { Item, Quantity, Price, Tax, Description, Discount, Approval }.All(string.IsNullOrWhiteSpace);

    /// <summary>The first field that a line cannot do without and that is empty, as the API names it; null when there is none.</summary>
    public string? Missing => Item.Length == 0 ? "item" : Quantity.Length == 0 ? "quantity" : Price.Length == 0 ? "unitPrice" : null;

    /// <summary>What was typed and cannot be read, by field as the API names it.</summary>
    public IEnumerable<(string Field, Wording Must)> Slips()
    {
        foreach (var (field, text) in new[] { ("item", Item), ("description", Description), ("discountApproval", Approval) })
            if (Texts.Fault(text) is { } fault) yield return (field, fault);
        if (Quantity.Length > 0 && Entered.Number(Quantity) <= 0) yield return ("quantity", "must be above zero");
        else if (SlipOf(Quantity, amount => Kernel.Quantity.TryOf(amount, out _)) is { } ofQuantity) yield return ("quantity", ofQuantity);
        if (SlipOf(Price, major => UnitPrice.TryOf(major, out _)) is { } ofPrice) yield return ("unitPrice", ofPrice);
        if (SlipOf(Tax, _ => true) is { } ofTax) yield return ("taxRate", ofTax);
        if (SlipOf(Discount, _ => true) is { } ofDiscount) yield return ("discountPercent", ofDiscount);
    }

    /// <summary>What the API would be sent of a line without slips to which nothing is missing.</summary>
    /// <param name="number">Of the line, from 1.</param>
    public OrderLineBody Body(int number)
    {
        static string? Said(string text) => text.Length > 0 ? text : null;
        Kernel.Quantity.TryOf(Entered.Certain(Quantity)!.Value, out var quantity);
        UnitPrice.TryOf(Entered.Certain(Price)!.Value, out var price);
        return new OrderLineBody(
            number, Item, quantity, price, Entered.Certain(Tax) ?? 0, Said(Description), Entered.Certain(Discount) ?? 0, Said(Approval));
    }

    static Wording? SlipOf(string text, Func<decimal, bool> isIn)
    {
        if (text.Length == 0) return null;
        if (Entered.Number(text) is not { } number) return "must be a number";
        if (number < 0) return "must not be below zero";
        if (Entered.Certain(text) is not { } certain) return "may be read in two ways: write it without a sign for thousands";
        return isIn(certain) ? null : (Wording)"must be a number with at most five decimals";
    }
}
