using Aval.Checks.Rules;
using Aval.Orders.Rules;
namespace Aval.Checks;
public enum Language { English }
static class FindingText
{
    public static string Sentence(Finding f, Language l) => f.ToString();
    public static TextsAnswer Texts(Order o, OrderCheck c, Language l) => new("", "", "");
}
