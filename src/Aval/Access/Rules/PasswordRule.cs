using Aval.Kernel;

namespace Aval.Access.Rules;

/// <summary>What a password must be like. Length is what makes it hard to guess; rules about signs make people write it down.</summary>
public static class PasswordRule
{
    public const int Shortest = 12;

    /// <summary>Longer ones prove nothing more and cost as much to check as somebody likes.</summary>
    public const int Longest = 128;

    const int FewestSigns = 5;
    const int ShortestNameThatTells = 3;

    /// <summary>What is wrong with it, going on from its name; null when nothing is.</summary>
    /// <param name="name">Of whom it is: a password that holds it is guessed first.</param>
    public static Wording? Fault(string password, string name)
    {
        if (password.Length < Shortest) return $"must have at least {Shortest} characters";
        if (password.Length > Longest) return $"must have at most {Longest} characters";
        if (password.Distinct().Count() < FewestSigns) return $"must have at least {FewestSigns} different characters";
        if (name.Length >= ShortestNameThatTells && password.Contains(name, StringComparison.OrdinalIgnoreCase)) return "must not hold the user's name";
        return null;
    }
}
