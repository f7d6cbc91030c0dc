using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Aval.Kernel.Storage;

namespace Aval.Kernel;

/// <summary>The one JSON dialect: camel case, words for enums, amounts as numbers, dates as <c>YYYY-MM-DD</c>, nothing unknown accepted.</summary>
public static class Json
{
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>The same with numbers written without trailing zeros, so that 5 and 5.0 are one content.</summary>
    public static JsonSerializerOptions Canonical { get; } = new(Options) { Converters = { new CanonicalDecimalConverter() } };

    /// <summary>A date as <c>YYYY-MM-DD</c>, without a string in between.</summary>
    public static void WriteDate(Utf8JsonWriter json, DateOnly date)
    {
        Span<byte> iso = stackalloc byte[10];
        date.TryFormat(iso, out _, "O", CultureInfo.InvariantCulture);
        json.WriteStringValue(iso);
    }

    static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            NumberHandling = JsonNumberHandling.Strict,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            PropertyNameCaseInsensitive = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            AllowDuplicateProperties = false,
            ReadCommentHandling = JsonCommentHandling.Disallow,
            MaxDepth = 16,
            // Bodies are never pasted into HTML; names in other alphabets stay readable in the journal.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new OptionalConverterFactory());
        options.Converters.Add(new WordConverterFactory());
        options.Converters.Add(new CurrencyConverter());
        options.Converters.Add(new QuantityConverter());
        options.Converters.Add(new UnitPriceConverter());
        options.Converters.Add(new DateConverter());
        return options;
    }

    sealed class CanonicalDecimalConverter : JsonConverter<decimal>
    {
        /// <summary>Dividing by a one of all decimals takes off every trailing zero.</summary>
        const decimal One = 1.0000000000000000000000000000m;

        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteNumberValue(value / One);
    }

    /// <summary>Enums as the glossary's words; a word that is none of them is refused with the list.</summary>
    sealed class WordConverterFactory : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(WordConverter<>).MakeGenericType(typeToConvert))!;
    }

    sealed class WordConverter<TEnum> : JsonConverter<TEnum> where TEnum : struct, Enum
    {
        public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Words.TryParse<TEnum>(reader.GetString(), out var value)
                ? value
                : throw new JsonException("must be one of " + string.Join(", ", Words.All<TEnum>()));

        public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) => writer.WriteStringValue(Words.Of(value));

        public override TEnum ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Words.Parse<TEnum>(reader.GetString()!);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) => writer.WritePropertyName(Words.Of(value));
    }

    sealed class CurrencyConverter : JsonConverter<Currency>
    {
        public override Currency Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Currency.TryOf(reader.GetString(), out var currency)
                ? currency
                : throw new JsonException("must be an ISO 4217 currency code in capitals");

        public override void Write(Utf8JsonWriter writer, Currency value, JsonSerializerOptions options) => writer.WriteStringValue(value.Code);
    }

    sealed class QuantityConverter : JsonConverter<Quantity>
    {
        public override Quantity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var value) && Quantity.TryOf(value, out var quantity)
                ? quantity
                : throw new JsonException("must be a number from 0 to below 10^13 with at most five decimals");

        public override void Write(Utf8JsonWriter writer, Quantity value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
    }

    sealed class UnitPriceConverter : JsonConverter<UnitPrice>
    {
        public override UnitPrice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var value) && UnitPrice.TryOf(value, out var price)
                ? price
                : throw new JsonException("must be a number from 0 to below 10^13 with at most five decimals");

        public override void Write(Utf8JsonWriter writer, UnitPrice value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
    }

    sealed class DateConverter : JsonConverter<DateOnly>
    {
        public override DateOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String
            && DateOnly.TryParseExact(reader.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && date.Year is >= 1900 and <= 2999
                ? date
                : throw new JsonException("must be a date as YYYY-MM-DD, from 1900 to 2999");

        public override void Write(Utf8JsonWriter writer, DateOnly value, JsonSerializerOptions options) => WriteDate(writer, value);
    }
}
