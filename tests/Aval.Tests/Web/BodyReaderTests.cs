using System.Text;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;

namespace Aval.Tests.Web;

public sealed class BodyReaderTests
{
    public enum Urgency { Normal, VeryUrgent }

    public sealed record Line(int Number, Quantity Quantity, decimal? DiscountPercent = null);

    public sealed record Place(string City, string? Street = null);

    public sealed record OrderLike(
        string Number, Currency Currency, DateOnly Date, IReadOnlyList<Line> Lines, Urgency Urgency = Urgency.Normal, bool Draft = false,
        Place? BillingPlace = null, IReadOnlyDictionary<string, decimal>? Rates = null, Optional<Place> ShipTo = default,
        Optional<string> Note = default);

    const string NoQuantity = "must be a number from 0 to below 10^13 with at most five decimals";
    const string Good = """{"number":"SO-1","currency":"EUR","date":"2026-03-02","lines":[{"number":1,"quantity":2.5}]}""";

    [Fact]
    public void A_right_body_is_read()
    {
        var read = Read("""
            {"number":"SO-1","currency":"EUR","date":"2026-03-02","lines":[{"number":1,"quantity":2.5,"discountPercent":null}],"urgency":"veryUrgent",
             "draft":true,"billingPlace":{"city":"Köln 夏 😀","street":null},"rates":{"USD":1.25},"shipTo":{"city":"Lyon"},"note":null}
            """);
        Assert.Null(read.Problem);
        var order = read.Value!;
        Assert.Equal(("SO-1", Currency.EUR, new DateOnly(2026, 3, 2)), (order.Number, order.Currency, order.Date));
        Assert.Equal((Urgency.VeryUrgent, true), (order.Urgency, order.Draft));
        Assert.Equal(new Line(1, Quantity.Of(2.5m)), Assert.Single(order.Lines));
        Assert.Equal(("Köln 夏 😀", 1.25m, "Lyon"), (order.BillingPlace!.City, order.Rates!["USD"], order.ShipTo.Value!.City));
        Assert.Equal((true, null), (order.Note.IsGiven, order.Note.Value));
    }

    [Theory]
    [InlineData("", "The body is empty.")]
    [InlineData(" \n", "The body is empty.")]
    [InlineData("""{"number": """, "The body is not JSON at line 1, byte 12, or too deep.")]
    [InlineData(Good + "x", "The body is not JSON at line 1, byte 93, or too deep.")]
    [InlineData(Good + Good, "The body is not JSON at line 1, byte 93, or too deep.")]
    [InlineData("{\n 'number': 1}", "The body is not JSON at line 2, byte 2, or too deep.")]
    [InlineData("""{"number":1,}""", "The body is not JSON at line 1, byte 13, or too deep.")]
    [InlineData("""{"number":1 /* one */}""", "The body is not JSON at line 1, byte 13, or too deep.")]
    [InlineData("""{"number":NaN}""", "The body is not JSON at line 1, byte 11, or too deep.")]
    [InlineData("""{"number":"a","number":"b"}""", "number stands twice.")]
    [InlineData("""{"lines":[{"number":1},{"number":1,"quantity":1,"quantity":2}]}""", "lines[1].quantity stands twice.")]
    [InlineData("""{"nu\u006dber":"a","number":"b"}""", "number stands twice.")]
    [InlineData("""{"\ud800":1}""", "The body holds a name with half a Unicode character.")]
    [InlineData("[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]", "The body is not JSON at line 1, byte 17, or too deep.")]
    public void What_is_no_json_is_malformed(string body, string detail)
    {
        var problem = Read(body).Problem!;
        Assert.Equal((KernelProblems.JsonMalformed, detail), (problem.Kind, problem.Detail));
    }

    [Fact]
    public void What_is_not_utf8_is_malformed()
    {
        var latin = Encoding.Latin1.GetBytes(With("number", "\"É\""));
        Assert.Equal("The body is not UTF-8.", BodyReader.Read<OrderLike>(latin).Problem!.Detail);
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over() => Assert.Null(Read("\uFEFF" + Good).Problem);

    [Theory]
    [InlineData("custmer", "1", "custmer", "custmer is not a field here.")]
    [InlineData("ins", "1", "ins", "ins is not a field here.")]
    [InlineData("curency", "\"EUR\"", "curency", "curency is not a field here; did you mean currency?")]
    [InlineData("Number", "1", "Number", "Number is not a field here; did you mean number?")]
    [InlineData("lines", """[{"number":1,"quantty":1}]""", "lines[0].quantty", "lines[0].quantty is not a field here; did you mean quantity?")]
    [InlineData("lines", """[{"number":1,"quantity":1},{"a":{},"quantity":1}]""", "lines[1].a", "lines[1].a is not a field here.")]
    [InlineData("billingPlace", """{"city":"a","zip":1}""", "billingPlace.zip", "billingPlace.zip is not a field here.")]
    [InlineData("shipTo", """{"town":"a"}""", "shipTo.town", "shipTo.town is not a field here.")]
    public void A_field_that_does_not_exist_is_named(string field, string value, string path, string detail)
    {
        var problem = Read(With(field, value)).Problem!;
        Assert.Equal((KernelProblems.FieldUnknown, path, detail), (problem.Kind, problem.Field, problem.Detail));
    }

    [Theory]
    [InlineData("number", "null", "number", "must not be null")]
    [InlineData("number", "7", "number", "must be a text")]
    [InlineData("number", "{}", "number", "must be a text")]
    [InlineData("number", "\"a\\u0000b\"", "number", "must contain no control characters")]
    [InlineData("number", "\"a\\u0007\"", "number", "must contain no control characters")]
    [InlineData("number", "\"\u0085\"", "number", "must contain no control characters")]
    [InlineData("number", "\"\\ud83d\"", "number", "must be whole Unicode characters")]
    [InlineData("currency", "\"EURO\"", "currency", "must be an ISO 4217 currency code in capitals")]
    [InlineData("currency", "\"eur\"", "currency", "must be an ISO 4217 currency code in capitals")]
    [InlineData("currency", "null", "currency", "must not be null")]
    [InlineData("date", "\"2026-02-30\"", "date", "must be a date as YYYY-MM-DD, from 1900 to 2999")]
    [InlineData("date", "\"2026-03-02T00:00:00\"", "date", "must be a date as YYYY-MM-DD, from 1900 to 2999")]
    [InlineData("date", "20260302", "date", "must be a date as YYYY-MM-DD, from 1900 to 2999")]
    [InlineData("urgency", "\"VeryUrgent\"", "urgency", "must be one of normal, veryUrgent")]
    [InlineData("urgency", "1", "urgency", "must be one of normal, veryUrgent")]
    [InlineData("draft", "\"true\"", "draft", "must be true or false")]
    [InlineData("draft", "null", "draft", "must not be null")]
    [InlineData("lines", "{}", "lines", "must be a list")]
    [InlineData("lines", "\"a\"", "lines", "must be a list")]
    [InlineData("lines", "[null]", "lines[0]", "must not be null")]
    [InlineData("lines", "[[]]", "lines[0]", "must be an object")]
    [InlineData("lines", """[{"number":1,"quantity":1},{"number":2}]""", "lines[1].quantity", "is missing")]
    [InlineData("lines", """[{"number":1.5,"quantity":1}]""", "lines[0].number", "must be a whole number")]
    [InlineData("lines", """[{"number":"1","quantity":1}]""", "lines[0].number", "must be a whole number")]
    [InlineData("lines", """[{"number":3000000000,"quantity":1}]""", "lines[0].number", "must be a whole number")]
    [InlineData("lines", """[{"number":1,"quantity":-1}]""", "lines[0].quantity", NoQuantity)]
    [InlineData("lines", """[{"number":1,"quantity":1e400}]""", "lines[0].quantity", NoQuantity)]
    [InlineData("lines", """[{"number":1,"quantity":"1"}]""", "lines[0].quantity", NoQuantity)]
    [InlineData("lines", """[{"number":1,"quantity":1,"discountPercent":"5"}]""", "lines[0].discountPercent", "must be a number")]
    [InlineData("lines", """[{"number":1,"quantity":1,"discountPercent":1e99}]""", "lines[0].discountPercent", "must be a number")]
    [InlineData("billingPlace", "[]", "billingPlace", "must be an object")]
    [InlineData("billingPlace", "{}", "billingPlace.city", "is missing")]
    [InlineData("rates", """{"USD":"1.25"}""", "rates.USD", "must be a number")]
    [InlineData("rates", """{"USD":null}""", "rates.USD", "must not be null")]
    [InlineData("shipTo", """{"city":7}""", "shipTo.city", "must be a text")]
    [InlineData("note", "7", "note", "must be a text")]
    public void A_field_without_a_valid_value_is_named_and_told_what_it_must_be(string field, string value, string path, string fault)
    {
        var problem = Read(With(field, value)).Problem!;
        Assert.Equal((KernelProblems.FieldInvalid, path, $"{path} {fault}."), (problem.Kind, problem.Field, problem.Detail));
    }

    [Theory]
    [InlineData("[]", "The body must be an object.")]
    [InlineData("7", "The body must be an object.")]
    [InlineData("null", "The body must not be null.")]
    public void A_body_of_another_shape_is_invalid_as_a_whole(string body, string detail)
    {
        var problem = Read(body).Problem!;
        Assert.Equal((KernelProblems.FieldInvalid, null, detail), (problem.Kind, problem.Field, problem.Detail));
    }

    [Fact]
    public void A_text_may_have_lines_and_four_thousand_characters()
    {
        Assert.Null(Read(With("number", $"\"{new string('é', 3_996)}\\n\\t\\r.\"")).Problem);
        Assert.Equal("number must be at most 4,000 characters long.", Read(With("number", $"\"{new string('a', 4_001)}\"")).Problem!.Detail);
    }

    [Fact]
    public void An_unknown_name_is_told_before_the_field_that_is_missing_for_it() =>
        Assert.Equal(KernelProblems.FieldUnknown, BodyReader.Read<Limited>("""{"custmer":"C1"}"""u8.ToArray()).Problem!.Kind);

    public sealed record Limited(string Customer);

    [Fact]
    public void Every_word_of_an_enum_is_read_back() =>
        Assert.All(Words.All<Urgency>(), word => Assert.Null(Read(With("urgency", $"\"{word}\"")).Problem));

    static Answered<OrderLike> Read(string body) => BodyReader.Read<OrderLike>(Encoding.UTF8.GetBytes(body));

    /// <summary>The good body with this field in place of its own, or added.</summary>
    static string With(string field, string value)
    {
        var fields = new Dictionary<string, string>
        {
            ["number"] = "\"SO-1\"", ["currency"] = "\"EUR\"", ["date"] = "\"2026-03-02\"", ["lines"] = """[{"number":1,"quantity":2.5}]""",
            [field] = value,
        };
        return "{" + string.Join(',', fields.Select(pair => $"\"{pair.Key}\":{pair.Value}")) + "}";
    }
}
